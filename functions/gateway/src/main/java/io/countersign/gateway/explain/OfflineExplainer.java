package io.countersign.gateway.explain;

import io.countersign.gateway.explain.transcript.ErrorBody;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.BucketName;
import io.countersign.oss.DomainBinding;
import io.countersign.signing.Secret;
import io.countersign.verify.decide.OfflineVerifier;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.Explanation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains failing requests without a registry. Policies are not judged, and signatures only with the secret. Without a secret, only the server's answer, the dates and the format are examined. */
public final class OfflineExplainer {
    private final BaseDomains bases;
    private final DomainBinding domains;
    private final Optional<Secret> secret;

    /**
     * @param domains the buckets that custom domains are bound to; for unknown domains the bucket in the answer counts
     * @param secret the secret that the requests should have been signed with
     */
    public OfflineExplainer(BaseDomains bases, DomainBinding domains, Optional<Secret> secret) {
        this.bases = bases;
        this.domains = domains;
        this.secret = secret;
    }

    /**
     * @param client the text that the client says it signed
     * @param at the moment to judge at; absent: when the server answered, by its own clock, or the present
     */
    public Report explain(Transcript.Pasted pasted, Explained.ClientForm client, Optional<Instant> at, Instant now) {
        return switch (pasted) {
            case Exchange.Answer answer -> AnswerReports.of(answer, client);
            case Exchange exchange -> explain(exchange, client, at, now);
        };
    }

    private Report explain(Exchange exchange, Explained.ClientForm client, Optional<Instant> at, Instant now) {
        Optional<StsReports.StsCall> call = StsReports.StsCall.of(exchange);
        if (call.isPresent()) {
            return StsReports.of(call.get(), secret, client);
        }
        Optional<TokenAnswer> token = TokenAnswer.of(exchange);
        if (token.isPresent()) {
            return token.get().report();
        }
        Optional<Instant> moment = at.or(() -> StorageReports.answeredAt(exchange));
        OfflineVerifier judge =
                new OfflineVerifier(bases, host -> domains.bucketOf(host).or(() -> AnsweredBucket.of(exchange, host)));
        VerifyRequest request = StorageReports.request(exchange, moment);
        Explanation explanation = new Explanation(request, client);
        OfflineVerifier.SignatureAnswer answer = judge.judge(request, secret, explanation, now);
        return StorageReports.of(exchange, client, answer, explanation.explained());
    }

    /** Finds the bucket of a custom domain in the server's answer: by its name, or by the path that the server signed. */
    static final class AnsweredBucket {
        private static final String OWN = ".aliyuncs.com";
        private static final List<String> ELEMENTS = List.of("BucketName", "Bucket");

        private AnsweredBucket() {}

        /** Empty when the host contains its bucket, or the answer names none. */
        static Optional<String> of(Exchange exchange, String host) {
            return host.endsWith(OWN) || host.indexOf('.') < 0 || Character.isDigit(host.charAt(host.length() - 1))
                    ? Optional.empty()
                    : exchange.answer().flatMap(Exchange.Answer::error).flatMap(AnsweredBucket::of);
        }

        private static Optional<String> of(ErrorBody error) {
            Stream<String> named = ELEMENTS.stream()
                    .flatMap(name -> Stream.ofNullable(error.elements().get(name)));
            Stream<String> signed = Stream.of(
                            error.form().canonicalRequest(), error.form().stringToSign())
                    .flatMap(Optional::stream)
                    .flatMap(String::lines)
                    .filter(line -> line.startsWith("/"))
                    .map(path -> path.substring(1).split("/", 2)[0]);
            return Stream.concat(named, signed)
                    .map(String::strip)
                    .filter(BucketName::isValid)
                    .findFirst();
        }
    }
}
