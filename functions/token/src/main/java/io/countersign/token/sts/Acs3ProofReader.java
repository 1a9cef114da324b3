package io.countersign.token.sts;

import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.signing.base.Digests;
import io.countersign.signing.rpc.Acs3Credentials;
import io.countersign.signing.rpc.Acs3Request;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads an ACS3 signature. Whatever it leaves unsigned anybody could change, so that all which says what the call is must be among the signed headers: action,
 * version, date, nonce, the body's hash and the security token. The hash must be the body's.
 */
final class Acs3ProofReader {
    private static final String PATH = "/";
    private static final List<String> SIGNED = List.of(
            SingleHeaders.ACTION, SingleHeaders.VERSION, SingleHeaders.DATE, SingleHeaders.NONCE, SingleHeaders.HASH);

    private Acs3ProofReader() {}

    /** @throws StsRefusal when a header is missing or malformed, something is not signed, or the moment is too far from now */
    static Proof read(Call call, HttpMethod method, Parameters parameters, Instant now) throws StsRefusal {
        SingleHeaders headers = new SingleHeaders(call);
        Acs3Credentials credentials = credentials(headers.required(SingleHeaders.AUTHORIZATION));
        Optional<String> token = headers.optional(SingleHeaders.TOKEN);
        if (!credentials.signedHeaders().containsAll(SIGNED)
                || token.isPresent() && !credentials.signedHeaders().contains(SingleHeaders.TOKEN)) {
            throw new StsRefusal(
                    StsError.INCOMPLETE_SIGNATURE,
                    "SignedHeaders must name " + String.join(", ", SIGNED) + ", and " + SingleHeaders.TOKEN
                            + " when it is sent.");
        }
        SigningMoment signed = SigningMoment.parse(headers.required(SingleHeaders.DATE), now);
        Proof.Claim claim = new Proof.Claim(
                Checks.accessKeyId(credentials.accessKeyId()),
                Checks.token(token),
                signed,
                Checks.nonce(headers.required(SingleHeaders.NONCE)));
        Acs3Request request = new Acs3Request(
                method,
                PATH,
                parameters.query(),
                fields(call),
                credentials.signedHeaders(),
                hash(call, headers.required(SingleHeaders.HASH)));
        return new Proof.Acs3(claim, request, credentials.signature());
    }

    private static Acs3Credentials credentials(String authorization) throws StsRefusal {
        try {
            Optional<Acs3Credentials> credentials = Acs3Credentials.parse(authorization);
            if (credentials.isPresent()) {
                return credentials.get();
            }
        } catch (OssRefusal refusal) {
            // Refused below like a header of another scheme.
        }
        throw new StsRefusal(
                StsError.INCOMPLETE_SIGNATURE,
                "The Authorization header must be ACS3-HMAC-SHA256 Credential=...,SignedHeaders=...,Signature=...");
    }

    private static String hash(Call call, String said) throws StsRefusal {
        String hash = HexFormat.of().formatHex(Digests.sha256(call.body().toArray()));
        if (!hash.equals(said)) {
            throw new StsRefusal(
                    StsError.INCOMPLETE_SIGNATURE,
                    "The header " + SingleHeaders.HASH + " is not the SHA-256 of the body in lower-case hex.");
        }
        return hash;
    }

    private static Headers fields(Call call) {
        return new Headers(call.headers().stream().map(Acs3ProofReader::field).toList());
    }

    private static HeaderField field(Header header) {
        return new HeaderField(header.name(), header.value());
    }
}
