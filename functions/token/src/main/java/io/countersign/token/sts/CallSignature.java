package io.countersign.token.sts;

import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.rpc.Acs3Credentials;
import io.countersign.signing.rpc.Acs3Request;
import io.countersign.signing.rpc.RpcSignature;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The signature of a call and the claim that it proves. The claim is untrusted until {@link #check} returns a match. */
sealed interface CallSignature {
    Claim claim();

    /** Checks the signature against a secret. */
    SignatureCheck check(Secret secret);

    /**
     * The claim of the caller, common to both kinds of signature.
     *
     * @param nonce 1 to 128 printable characters
     */
    record Claim(String accessKeyId, Optional<SecurityToken> token, SigningMoment signed, String nonce) {}

    record Rpc(Claim claim, HttpMethod method, Parameters parameters, String signature) implements CallSignature {
        @Override
        public SignatureCheck check(Secret secret) {
            return RpcSignature.check(method, parameters.all(), signature, secret);
        }
    }

    record Acs3(Claim claim, Acs3Request request, String signature) implements CallSignature {
        @Override
        public SignatureCheck check(Secret secret) {
            return Acs3Request.Signature.check(request, signature, secret);
        }
    }

    /** The time of the signature: whole seconds, or with a fraction as ali-oss writes it. */
    record SigningMoment(Instant at) {
        /** The largest difference from the present, in both directions (docs/protocol.md 6). */
        private static final Duration WINDOW = Duration.ofMinutes(15);

        private static final Pattern FORM =
                Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

        /** @throws StsRefusal InvalidTimeStamp.Format, or InvalidTimeStamp.Expired when it is too far from now */
        static SigningMoment parse(String text, Instant now) throws StsRefusal {
            SigningMoment moment = parse(text);
            if (Duration.between(moment.at, now).abs().compareTo(WINDOW) > 0) {
                throw new StsRefusal(
                        StsRefusal.Code.EXPIRED_TIME,
                        StsRefusal.Code.EXPIRED_TIME.message()
                                + " It must be within 15 minutes of the server's time, which is "
                                + Instant.ofEpochSecond(now.getEpochSecond()) + ".");
            }
            return moment;
        }

        /** The first moment at which a replay of the call is refused as expired. */
        Instant replayableUntil() {
            return at.plus(WINDOW).plusSeconds(1);
        }

        private static SigningMoment parse(String text) throws StsRefusal {
            try {
                if (FORM.matcher(text).matches()) {
                    return new SigningMoment(Instant.parse(text));
                }
            } catch (DateTimeParseException e) {
                // A day that does not exist, such as 30 February, is refused below.
            }
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_TIME,
                    StsRefusal.Code.INVALID_TIME.message() + " Write it in UTC as 2026-11-22T03:00:00Z.");
        }
    }

    /**
     * Reads an ACS3 signature. An attacker could change an unsigned header, so action, version, date, nonce, body hash and security token must be among the signed
     * ones. The hash must be the body's.
     */
    final class Acs3Reader {
        private static final String PATH = "/";
        private static final List<String> SIGNED = List.of(
                SingleHeaders.ACTION,
                SingleHeaders.VERSION,
                SingleHeaders.DATE,
                SingleHeaders.NONCE,
                SingleHeaders.HASH);

        private Acs3Reader() {}

        /** @throws StsRefusal when a header is missing or malformed, something is not signed, or the moment is too far from now */
        static CallSignature read(Call call, HttpMethod method, Parameters parameters, Instant now) throws StsRefusal {
            SingleHeaders headers = new SingleHeaders(call);
            Acs3Credentials credentials = credentials(headers.required(SingleHeaders.AUTHORIZATION));
            Optional<String> token = headers.optional(SingleHeaders.TOKEN);
            if (!credentials.signedHeaders().containsAll(SIGNED)
                    || token.isPresent() && !credentials.signedHeaders().contains(SingleHeaders.TOKEN)) {
                throw new StsRefusal(
                        StsRefusal.Code.INCOMPLETE_SIGNATURE,
                        "SignedHeaders must name " + String.join(", ", SIGNED) + ", and " + SingleHeaders.TOKEN
                                + " when it is sent.");
            }
            SigningMoment signed = SigningMoment.parse(headers.required(SingleHeaders.DATE), now);
            CallSignature.Claim claim = new CallSignature.Claim(
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
            return new CallSignature.Acs3(claim, request, credentials.signature());
        }

        private static Acs3Credentials credentials(String authorization) throws StsRefusal {
            try {
                Optional<Acs3Credentials> credentials = Acs3Credentials.parse(authorization);
                if (credentials.isPresent()) {
                    return credentials.get();
                }
            } catch (OssRefusal refusal) {
                // A malformed header is refused below, as one of another scheme is.
            }
            throw new StsRefusal(
                    StsRefusal.Code.INCOMPLETE_SIGNATURE,
                    "The Authorization header must be ACS3-HMAC-SHA256 Credential=...,SignedHeaders=...,Signature=...");
        }

        private static String hash(Call call, String sent) throws StsRefusal {
            String hash =
                    HexFormat.of().formatHex(Hmac.Digests.sha256(call.body().toArray()));
            if (!hash.equals(sent)) {
                throw new StsRefusal(
                        StsRefusal.Code.INCOMPLETE_SIGNATURE,
                        "The header " + SingleHeaders.HASH + " is not the SHA-256 of the body in lower-case hex.");
            }
            return hash;
        }

        private static Headers fields(Call call) {
            return new Headers(call.headers().stream().map(Acs3Reader::field).toList());
        }

        private static Headers.HeaderField field(Header header) {
            return new Headers.HeaderField(header.name(), header.value());
        }
    }

    /** Reads RPC signature V1 from the parameters. */
    final class RpcReader {
        private static final String METHOD = "HMAC-SHA1";
        private static final String VERSION = "1.0";

        private RpcReader() {}

        /** @throws StsRefusal when a parameter is missing or malformed, or the moment is too far from now */
        static CallSignature read(HttpMethod method, Parameters parameters, Instant now) throws StsRefusal {
            String id = Checks.accessKeyId(required(parameters, "AccessKeyId"));
            String signature = required(parameters, "Signature");
            if (!required(parameters, "SignatureMethod").equalsIgnoreCase(METHOD)) {
                throw new StsRefusal(
                        StsRefusal.Code.INVALID_SIGNATURE_METHOD,
                        StsRefusal.Code.INVALID_SIGNATURE_METHOD.message() + " Use " + METHOD + ".");
            }
            if (!required(parameters, "SignatureVersion").equals(VERSION)) {
                throw new StsRefusal(StsRefusal.Code.INCOMPLETE_SIGNATURE, "The SignatureVersion is " + VERSION + ".");
            }
            SigningMoment signed = SigningMoment.parse(required(parameters, "Timestamp"), now);
            String nonce = Checks.nonce(required(parameters, "SignatureNonce"));
            return new CallSignature.Rpc(
                    new CallSignature.Claim(id, Checks.token(parameters.value("SecurityToken")), signed, nonce),
                    method,
                    parameters,
                    signature);
        }

        private static String required(Parameters parameters, String name) throws StsRefusal {
            return parameters.value(name).orElseThrow(() -> StsRefusal.missing(name));
        }
    }

    /** Checks the form of a claim's parts. */
    final class Checks {
        private static final int MAX_NONCE = 128;

        private Checks() {}

        /** An id that is too long for any key is reported as unknown. */
        static String accessKeyId(String id) throws StsRefusal {
            if (id.length() > AccessKey.MAX_ID_LENGTH) {
                throw new StsRefusal(StsRefusal.Code.KEY_NOT_FOUND);
            }
            return id;
        }

        static String nonce(String nonce) throws StsRefusal {
            if (nonce.length() > MAX_NONCE || !nonce.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new StsRefusal(
                        StsRefusal.Code.INCOMPLETE_SIGNATURE,
                        "The nonce must have 1 to " + MAX_NONCE + " visible ASCII characters.");
            }
            return nonce;
        }

        static Optional<SecurityToken> token(Optional<String> text) throws StsRefusal {
            if (text.isPresent() && !SecurityToken.isPossible(text.get())) {
                throw new StsRefusal(StsRefusal.Code.TOKEN_MALFORMED);
            }
            return text.map(SecurityToken::of);
        }
    }

    /** The headers that a call may send once each. */
    record SingleHeaders(Call call) {
        static final String ACTION = "x-acs-action";
        static final String VERSION = "x-acs-version";
        static final String DATE = "x-acs-date";
        static final String NONCE = "x-acs-signature-nonce";
        static final String HASH = "x-acs-content-sha256";
        static final String TOKEN = "x-acs-security-token";
        static final String AUTHORIZATION = "authorization";

        /** @throws StsRefusal when the header is sent more than once */
        Optional<String> optional(String name) throws StsRefusal {
            List<String> values = call.headerValues(name);
            if (values.size() > 1) {
                throw new StsRefusal(
                        StsRefusal.Code.INCOMPLETE_SIGNATURE,
                        "The header " + name + " is sent more than once; send it once.");
            }
            return values.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OuterSpace.trim(values.getFirst())).filter(v -> !v.isEmpty());
        }

        /** @throws StsRefusal when the header is missing or sent more than once */
        String required(String name) throws StsRefusal {
            return optional(name)
                    .orElseThrow(() -> new StsRefusal(
                            StsRefusal.Code.INCOMPLETE_SIGNATURE, "The header " + name + " is missing; send it."));
        }
    }
}
