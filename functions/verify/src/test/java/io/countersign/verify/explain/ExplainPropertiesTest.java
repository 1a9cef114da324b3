package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.HttpMethod;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.Genuine;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An explanation names no cause that is not there, and never lets anything pass. */
class ExplainPropertiesTest {
    private static final AccessKey KEY = SampleRegistry.USER;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Verifier VERIFIER =
            new Verifier(new SampleRegistry().reader(), SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT);

    private static ExplainedAnswer explained(VerifyRequest request) {
        try {
            ExplainedAnswer answer = ExplainedAnswer.of(VERIFIER, request);
            VerifyAnswer plain = VERIFIER.verify(request, SampleRegistry.NOW);
            assertThat(answer.allowed()).isEqualTo(plain.allowed());
            assertThat(answer.trace()).isEqualTo(plain.trace());
            assertThat(answer.explained().cause().isPresent()).isEqualTo(!answer.allowed());
            return answer;
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> code(VerifyRequest request) {
        return explained(request).explained().cause().map(Explained.Cause::code);
    }

    private static VerifyRequest signed(ClientRequest asked, SignatureVersion version, boolean url, AccessKey key) {
        return url ? asked.presigned(version, key, HOUR) : asked.signed(version, key);
    }

    @Property
    void aRequestThatVerifiesHasNoCause(
            @ForAll("asked") ClientRequest asked, @ForAll SignatureVersion version, @ForAll boolean url) {
        ExplainedAnswer answer = explained(signed(asked, version, url, KEY));
        assertThat(answer.allowed()).isTrue();
        assertThat(answer.explained().cause()).isEmpty();
    }

    @Property
    void anotherSecretIsNoKnownMistakeAndTheFormsAreShown(
            @ForAll("asked") ClientRequest asked,
            @ForAll SignatureVersion version,
            @ForAll boolean url,
            @ForAll("secrets") String secret) {
        ExplainedAnswer answer = explained(signed(asked, version, url, new AccessKey(KEY.id(), Secret.of(secret))));
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.explained().cause().map(Explained.Cause::code)).contains("NoKnownCause");
        assertThat(answer.canonical()).isPresent();
    }

    @Property
    void aChangedVerbIsCalledThat(
            @ForAll("asked") ClientRequest asked,
            @ForAll SignatureVersion version,
            @ForAll boolean url,
            @ForAll("verbs") HttpMethod verb) {
        VerifyRequest request = VerifyRequests.method(signed(asked, version, url, KEY), verb.name());
        assertThat(code(request)).contains("OtherVerb");
    }

    @Property
    void anAddedHeaderIsCalledThat(
            @ForAll("asked") ClientRequest asked,
            @ForAll SignatureVersion version,
            @ForAll boolean url,
            @ForAll("names") String name,
            @ForAll("values") String value) {
        VerifyRequest request = signed(asked, version, url, KEY);
        VerifyRequest more = VerifyRequests.headers(request, request.headers().and("x-oss-meta-" + name, value));
        assertThat(code(more)).contains("HeaderNotSigned");
    }

    @Property
    void anAddedParameterIsCalledThat(
            @ForAll("asked") ClientRequest asked,
            @ForAll SignatureVersion version,
            @ForAll boolean url,
            @ForAll("values") String value) {
        VerifyRequest request = signed(asked, version, url, KEY);
        String separator = request.url().contains("?") ? "&" : "?";
        // One that every operation takes; others are refused by their name before a signature is looked at.
        VerifyRequest more = VerifyRequests.url(request, request.url() + separator + "x-oss-traffic-limit=" + value);
        assertThat(code(more)).contains("ParameterNotSigned");
    }

    @Property
    void anotherContentTypeIsCalledThatOrNothing(
            @ForAll("asked") ClientRequest asked,
            @ForAll SignatureVersion version,
            @ForAll boolean url,
            @ForAll("values") String signed,
            @ForAll("values") String sent) {
        VerifyRequest request = signed(asked.header("Content-Type", "a/" + signed), version, url, KEY);
        VerifyRequest other = VerifyRequests.headers(
                request, request.headers().without("content-type").and("Content-Type", "b/" + sent));
        assertThat(code(other)).get().isIn("ContentType", "NoKnownCause");
    }

    @Property
    void findsNoKnownCauseForAnotherKey(
            @ForAll("asked") ClientRequest asked,
            @ForAll SignatureVersion version,
            @ForAll boolean url,
            @ForAll("values") String more) {
        VerifyRequest request = signed(asked, version, url, KEY);
        VerifyRequest other = VerifyRequests.url(request, request.url().replace("/team/", "/team/" + more + "/"));
        assertThat(code(other)).contains("NoKnownCause");
    }

    @Property
    void aSpoiledSignatureIsNoKnownMistake(
            @ForAll("asked") ClientRequest asked, @ForAll SignatureVersion version, @ForAll boolean url) {
        VerifyRequest request = signed(asked, version, url, KEY);
        String signature = Genuine.presented(request).signature();
        String spoiled = (signature.charAt(0) == '0' ? "1" : "0") + signature.substring(1);
        VerifyRequest other = url
                ? VerifyRequests.url(request, request.url().replaceFirst("ignature=.", "ignature=" + spoiled.charAt(0)))
                : VerifyRequests.headers(
                        request,
                        request.headers()
                                .without("authorization")
                                .and(
                                        "authorization",
                                        request.headers()
                                                .first("authorization")
                                                .orElseThrow()
                                                .replace(signature, spoiled)));
        ExplainedAnswer answer = explained(other);
        assertThat(answer.explained().cause().map(Explained.Cause::code)).get().isNotIn(NEVER);
        assertThat(answer.allowed()).isFalse();
    }

    /** Causes that a spoiled signature of a sound request never has. */
    private static final Set<String> NEVER = Set.of(
            "OtherVerb",
            "ContentType",
            "SecretCopied",
            "TokenNotSigned",
            "ParameterNotSigned",
            "HeaderNotSigned",
            "Region");

    @Provide
    Arbitrary<ClientRequest> asked() {
        Arbitrary<String> keys = Arbitraries.strings()
                .withChars("abz09 +%~!()中é.")
                .ofMinLength(1)
                .ofMaxLength(20);
        return keys.filter(key -> !key.isBlank()).map(key -> ClientRequest.put(SampleRegistry.PRIVATE, "team/" + key));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'h').ofMinLength(8).ofMaxLength(10);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(10);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(20).ofMaxLength(40);
    }

    @Provide
    Arbitrary<HttpMethod> verbs() {
        return Arbitraries.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);
    }
}
