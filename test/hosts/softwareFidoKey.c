/*
 * A FIDO key made of software, as a SecurityKeyProvider of ssh(1): tests only. The key handle is the private key itself.
 * SK_VERSION is the version of the middleware interface (OpenSSH, PROTOCOL.u2f) that the installed ssh speaks.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>
#include <openssl/sha.h>

enum { ecdsa = 0, presence = 0x01, verification = 0x04 };
enum { general = -1, unsupported = -2, pin_required = -3 };
enum { scalar_bytes = 32, point_bytes = 65 };

struct sk_option;
struct sk_resident_key;

struct sk_enroll_response {
	uint8_t flags;
	uint8_t *public_key;
	size_t public_key_len;
	uint8_t *key_handle;
	size_t key_handle_len;
	uint8_t *signature;
	size_t signature_len;
	uint8_t *attestation_cert;
	size_t attestation_cert_len;
	uint8_t *authdata;
	size_t authdata_len;
};

struct sk_sign_response {
	uint8_t flags;
	uint32_t counter;
	uint8_t *sig_r;
	size_t sig_r_len;
	uint8_t *sig_s;
	size_t sig_s_len;
};

uint32_t sk_api_version(void) { return SK_VERSION; }

int sk_enroll(uint32_t alg, const uint8_t *challenge, size_t challenge_len, const char *application, uint8_t flags,
    const char *pin, struct sk_option **options, struct sk_enroll_response **out)
{
	struct sk_enroll_response *response = calloc(1, sizeof(*response));
	EC_KEY *key = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);

	if (alg != ecdsa)
		return unsupported;
	if (response == NULL || key == NULL || EC_KEY_generate_key(key) != 1)
		return general;
	response->flags = flags;
	response->public_key_len = point_bytes;
	response->public_key = malloc(point_bytes);
	response->key_handle_len = scalar_bytes;
	response->key_handle = malloc(scalar_bytes);
	/* Nobody checks it: it vouches for the make of the key. */
	response->signature_len = 1;
	response->signature = calloc(1, 1);
	if (EC_POINT_point2oct(EC_KEY_get0_group(key), EC_KEY_get0_public_key(key), POINT_CONVERSION_UNCOMPRESSED,
	        response->public_key, point_bytes, NULL) != point_bytes ||
	    BN_bn2binpad(EC_KEY_get0_private_key(key), response->key_handle, scalar_bytes) != scalar_bytes)
		return general;
	EC_KEY_free(key);
	*out = response;
	return 0;
}

int sk_sign(uint32_t alg, const uint8_t *data, size_t data_len, const char *application, const uint8_t *key_handle,
    size_t key_handle_len, uint8_t flags, const char *pin, struct sk_option **options, struct sk_sign_response **out)
{
	/* What is signed: the application's hash, flags, a counter, the data's hash. */
	uint8_t message[32 + 1 + 4 + 32] = { 0 };
	uint8_t digest[32];
	struct sk_sign_response *response = calloc(1, sizeof(*response));
	EC_KEY *key = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);
	BIGNUM *scalar = BN_bin2bn(key_handle, (int)key_handle_len, NULL);
	const BIGNUM *r, *s;
	ECDSA_SIG *signature;

	if (alg != ecdsa)
		return unsupported;
	if ((flags & verification) != 0 && (pin == NULL || strcmp(pin, "271828") != 0))
		return pin_required;
	/* Somebody has to touch it. */
	if ((flags & presence) != 0)
		sleep(1);
	if (response == NULL || key == NULL || scalar == NULL || EC_KEY_set_private_key(key, scalar) != 1)
		return general;
	response->flags = flags;
	response->counter = 1;
	SHA256((const uint8_t *)application, strlen(application), message);
	message[32] = response->flags;
	message[36] = 1;
	SHA256(data, data_len, message + 37);
	SHA256(message, sizeof(message), digest);
	if ((signature = ECDSA_do_sign(digest, sizeof(digest), key)) == NULL)
		return general;
	ECDSA_SIG_get0(signature, &r, &s);
	response->sig_r_len = response->sig_s_len = scalar_bytes;
	response->sig_r = malloc(scalar_bytes);
	response->sig_s = malloc(scalar_bytes);
	BN_bn2binpad(r, response->sig_r, scalar_bytes);
	BN_bn2binpad(s, response->sig_s, scalar_bytes);
	*out = response;
	return 0;
}

int sk_load_resident_keys(const char *pin, struct sk_option **options, struct sk_resident_key ***keys, size_t *count)
{
	return unsupported;
}
