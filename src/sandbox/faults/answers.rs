//! The answers that stand in for the server's own: errors in the form that each server gives them.

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{Response, StatusCode};

use super::fault::{On, What};
use crate::sandbox::body::{Body, full};

/// The answer that `what` gives in the server's stead, where it does.
pub(super) fn instead(what: &What, on: On, path: &str) -> Option<Response<Body>> {
    use StatusCode as S;
    let (status, code, message) = match what {
        What::InternalError => {
            (S::INTERNAL_SERVER_ERROR, "InternalError", "We encountered an internal error. Please try again.")
        }
        What::SlowDown => (S::SERVICE_UNAVAILABLE, "SlowDown", "Please reduce your request rate."),
        What::TooManyRequests { .. } => {
            (S::TOO_MANY_REQUESTS, "TooManyRequests", "Please reduce your request rate.")
        }
        What::ErrorInOk => (S::OK, "InternalError", "We encountered an internal error. Please try again."),
        What::ExpiredToken => (S::BAD_REQUEST, "ExpiredToken", "The provided token has expired."),
        What::AccessDenied | What::WantSignedPayload => (S::FORBIDDEN, "AccessDenied", "Access Denied"),
        What::Vanish => (S::NOT_FOUND, "NoSuchKey", "The specified key does not exist."),
        _ => return None,
    };
    let mut answer = match on {
        On::S3 => xml(status, code, message, path),
        On::Mirror => html(status),
    };
    if let What::TooManyRequests { retry_after } = what {
        answer.headers_mut().insert(RETRY_AFTER, (*retry_after).into());
    }
    Some(answer)
}

/// What S3 says to an `If-Match` for an object that is another one by now.
pub(super) fn outdated(path: &str) -> Response<Body> {
    let message = "At least one of the pre-conditions you specified did not hold";
    xml(StatusCode::PRECONDITION_FAILED, "PreconditionFailed", message, path)
}

/// An error as S3 says it.
fn xml(status: StatusCode, code: &str, message: &str, path: &str) -> Response<Body> {
    let resource = path.replace('&', "&amp;").replace('<', "&lt;");
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message>\
         <Resource>{resource}</Resource><RequestId>FAULT0NPURP0SE00</RequestId></Error>"
    );
    answer(status, "application/xml", text)
}

/// An error as nginx says it.
pub(in crate::sandbox) fn html(status: StatusCode) -> Response<Body> {
    let reason = status.canonical_reason().unwrap_or_default();
    let title = format!("{} {reason}", status.as_u16());
    let text = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>brainzlift sandbox</center>\r\n</body>\r\n</html>\r\n"
    );
    answer(status, "text/html", text)
}

fn answer(status: StatusCode, content_type: &'static str, text: String) -> Response<Body> {
    let mut answer = Response::new(full(text));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static(content_type));
    answer
}
