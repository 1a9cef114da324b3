package io.countersign.verify.report;

import io.countersign.oss.BucketName;
import io.countersign.verify.transcript.Answer;
import io.countersign.verify.transcript.ErrorBody;
import io.countersign.verify.transcript.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which bucket a custom domain stands for, as the answer of the server that knows tells it: by name, or by the path that it signed. */
final class AnsweredBucket {
    private static final String OWN = ".aliyuncs.com";
    private static final List<String> ELEMENTS = List.of("BucketName", "Bucket");

    private AnsweredBucket() {}

    /** Empty when the host names its bucket itself, or the answer names none. */
    static Optional<String> of(Exchange exchange, String host) {
        return host.endsWith(OWN) || host.indexOf('.') < 0 || Character.isDigit(host.charAt(host.length() - 1))
                ? Optional.empty()
                : exchange.answer().flatMap(Answer::error).flatMap(AnsweredBucket::of);
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
