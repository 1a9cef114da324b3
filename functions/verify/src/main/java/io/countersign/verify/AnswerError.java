package io.countersign.verify;

import io.countersign.oss.OssRefusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A refusal in OSS's words.
 *
 * @param status the HTTP status that OSS gives it
 * @param ec the number of OSS's troubleshooting pages
 * @param details further elements of OSS's error document by their names there, in their order
 */
public record AnswerError(
        int status, String code, Optional<String> ec, String message, SequencedMap<String, String> details) {
    public AnswerError {
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }

    /** The refusal as an answer says it. */
    public static AnswerError of(OssRefusal refusal) {
        return new AnswerError(
                refusal.error().status(),
                refusal.error().code(),
                Optional.of(refusal.error().ec()).filter(ec -> !ec.isEmpty()),
                refusal.text(),
                new LinkedHashMap<>(refusal.details()));
    }

    /** The name of a detail as a JSON member: {@code StringToSign} is {@code stringToSign}, {@code OSSAccessKeyId} is {@code ossAccessKeyId}. */
    static String memberName(String element) {
        int capitals = 0;
        while (capitals < element.length() && Character.isUpperCase(element.charAt(capitals))) {
            capitals++;
        }
        int lowered = capitals > 1 && capitals < element.length() ? capitals - 1 : capitals;
        return element.substring(0, lowered).toLowerCase(Locale.ROOT) + element.substring(lowered);
    }

    /** The details by their JSON names. */
    public Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        details.forEach((name, value) -> members.put(memberName(name), value));
        return members;
    }
}
