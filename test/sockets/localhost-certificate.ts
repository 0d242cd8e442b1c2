/**
 * A certificate that nobody trusts, valid for 100 years, with its key: worth nothing outside these tests. Made with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost
 * -addext subjectAltName=DNS:localhost,IP:127.0.0.1`.
 */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUKogY+aYZxAHPp2fNV5UTbR/Yw50wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDIyMzMzMloYDzIxMjYxMDMx
MjIzMzMyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATmCJkIyPWJdhvY4qcyfQoHM7ueWis0l6T5c8NqykRPNM1ohVrzZ3xI
T/WYjLsQbK8Fxrafskz4uu6g+QNBGjfjo28wbTAdBgNVHQ4EFgQUCu/iDubSCZ1p
R2B9WGE3+ZjLQhAwHwYDVR0jBBgwFoAUCu/iDubSCZ1pR2B9WGE3+ZjLQhAwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgOf1Ywd2rZUMLuIhzFyWx8WTxs9vS63dB6XyR9ju7YkICIGwk
Bn+f0SYTzEPDVQWTq6BvL4UozFgO95S4vK/nnuF1
-----END CERTIFICATE-----
`;

export const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgw3sWBEcZLw7gKWLi
9D0HSDCAPwAha76vhjfyN91aev2hRANCAATmCJkIyPWJdhvY4qcyfQoHM7ueWis0
l6T5c8NqykRPNM1ohVrzZ3xIT/WYjLsQbK8Fxrafskz4uu6g+QNBGjfj
-----END PRIVATE KEY-----
`;
