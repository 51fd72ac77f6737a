"""Uploads files with the AWS CRT's S3 client, as `preferred_transfer_client = crt` does: crt.py ENDPOINT BUCKET PREFIX FILE…

Run by the Python that has awscrt. Its settings are the CRT's own: parts of its choice, CRC32 as a trailer, payload unsigned.
"""

import os
import sys

from awscrt import auth, http, io, s3


def main(endpoint, bucket, prefix, files):
    region = os.environ["AWS_REGION"]
    keys = auth.AwsCredentialsProvider.new_static(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
    bootstrap = io.ClientBootstrap.get_or_create_static_default()
    signing = s3.create_default_s3_signing_config(region=region, credential_provider=keys)
    client = s3.S3Client(bootstrap=bootstrap, region=region, signing_config=signing, tls_mode=s3.S3RequestTlsMode.DISABLED)
    checksum = s3.S3ChecksumConfig(algorithm=s3.S3ChecksumAlgorithm.CRC32, location=s3.S3ChecksumLocation.TRAILER)
    requests = []
    for file in files:
        headers = http.HttpHeaders([
            ("host", endpoint.split("//")[1]),
            ("content-length", str(os.path.getsize(file))),
            ("content-type", "application/octet-stream"),
        ])
        path = f"/{bucket}/{prefix}/{os.path.basename(file)}"
        requests.append(client.make_request(
            type=s3.S3RequestType.PUT_OBJECT,
            request=http.HttpRequest("PUT", path, headers),
            send_filepath=file,
            checksum_config=checksum,
        ))
    for request in requests:
        request.finished_future.result()


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:])
