//! STS GetCallerIdentity, on the same port: who the keys belong to.
//!
//! s3s has checked the signature before a route is called. Errors of STS have another shape than those of S3; `front` gives it to
//! them.

use http::header::CONTENT_TYPE;
use http::{Extensions, HeaderMap, HeaderValue, Method, Uri};
use s3s::route::S3Route;
use s3s::{Body, S3Request, S3Response, S3Result};

use super::{ACCOUNT, refusal};

/// Bytes of a request to STS, at most.
const LARGEST: usize = 8192;

/// The route that answers GetCallerIdentity.
pub(super) struct CallerIdentity;

/// Whether a request speaks to STS: S3 has no form posts to its root.
pub(super) fn is_sts(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    let form = headers.get(CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().to_ascii_lowercase().starts_with(b"application/x-www-form-urlencoded")
    });
    method == Method::POST && uri.path() == "/" && form
}

#[async_trait::async_trait]
impl S3Route for CallerIdentity {
    fn is_match(&self, method: &Method, uri: &Uri, headers: &HeaderMap, _: &mut Extensions) -> bool {
        is_sts(method, uri, headers)
    }

    async fn call(&self, mut request: S3Request<Body>) -> S3Result<S3Response<Body>> {
        let form = request.input.store_all_limited(LARGEST).await;
        let form = form.map_err(|_| refusal("MalformedInput", http::StatusCode::BAD_REQUEST, "Too long"))?;
        let action = url::form_urlencoded::parse(&form).find(|(name, _)| name == "Action");
        if action.is_some_and(|(_, action)| action == "GetCallerIdentity") {
            return Ok(identity());
        }
        let why = "The sandbox's STS knows GetCallerIdentity only";
        Err(refusal("NotImplemented", http::StatusCode::NOT_IMPLEMENTED, why))
    }
}

fn identity() -> S3Response<Body> {
    let request_id = super::store::fresh_id();
    let body = format!(
        r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::{ACCOUNT}:user/sandbox</Arn>
    <UserId>AIDABRAINZLIFTSANDBOX</UserId>
    <Account>{ACCOUNT}</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>{request_id}</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
"#
    );
    let mut response = S3Response::new(Body::from(body));
    response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    response
}
