package io.countersign.verify.explain;

import io.countersign.oss.OssRefusal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An error of a server: OSS, STS, or this one.
 *
 * @param code the error code, such as {@code AccessDenied}
 * @param ec the EC, if the server sent a well-formed one
 * @param elements the elements of the error document by name, with those inside AccessDeniedDetail
 */
public record ServerError(String code, Optional<String> ec, String message, Map<String, String> elements) {
    private static final Pattern EC = Pattern.compile("[0-9]{4}-[0-9]{8}");
    private static final String PAGES = "https://api.aliyun.com/troubleshoot?q=";

    public ServerError {
        ec = ec.filter(number -> EC.matcher(number).matches());
        elements = Map.copyOf(elements);
    }

    static ServerError of(OssRefusal refusal) {
        return new ServerError(
                refusal.error().code(), Optional.of(refusal.error().ec()), refusal.text(), refusal.details());
    }

    /** The official page about the EC. */
    Optional<String> page() {
        return ec.map(number -> PAGES + number);
    }

    Optional<String> element(String name) {
        return Optional.ofNullable(elements.get(name)).filter(text -> !text.isBlank());
    }
}
