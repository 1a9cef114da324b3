package io.countersign.gateway.explain.transcript;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a server's error from the text of an SDK's exception, for logs that contain nothing else (the SDKs' own sources): {@code [ErrorCode]: AccessDenied} (Java, Android), {@code ErrorCode=AccessDenied} (Go, ossutil),
 * {@code Error Code: AccessDenied.} (the SDKs of version 2), {@code 'Code': 'AccessDenied'} (Python), {@code code: 'AccessDenied'} (JavaScript), {@code Code = AccessDenied;} (iOS), {@code error code: AccessDenied; Error info: ...}
 * (C#), {@code Code: AccessDenied, Message: ...} (Ruby), {@code error_code:AccessDenied} (C), and {@code AccessDenied: ... RequestId: ...} (PHP).
 */
final class ClientError {
    private static final int MAX_MESSAGE = 1024;
    private static final String START = "(?<![A-Za-z])";
    private static final String IS = "[\\]'\"]{0,2} {0,3}[:=][ \t]{0,3}['\"]?";
    private static final Pattern CODE = Pattern.compile(START + "(?:ErrorCode|Error Code|Code|code|error info)" + IS
            + "([A-Z][A-Za-z]{2,63}(?:\\.[A-Za-z]{1,63}){0,3})(?![A-Za-z])");
    private static final Pattern STATUS =
            Pattern.compile(START + "(?:StatusCode|Http Status Code|Status Code|status)" + IS + "[0-9]{3}(?![0-9])");
    private static final Pattern REQUEST_ID =
            Pattern.compile(START + "(?i:req(?:uest)?[ _]?id|x-oss-request-id)" + IS + "[0-9A-Za-z*-]{4,64}");
    private static final Pattern EC =
            Pattern.compile(START + "(?:EC|Ec|ec|ecCode)" + IS + "([0-9]{4}-[0-9]{8})(?![0-9])");
    private static final Pattern KEY_ID = Pattern.compile(START + "OSSAccessKeyId" + IS + "([A-Za-z0-9._=-]{1,128})");
    private static final List<Pattern> MESSAGES = List.of(
            Pattern.compile("ErrorMessage=\"?([^\\r\\n]{1,1024}?)\"?, RequestId"),
            Pattern.compile("'Message': '([^'\\r\\n]{1,1024})'"),
            Pattern.compile("'Message': \"([^\"\\r\\n]{1,1024})\""),
            Pattern.compile("\\[Message]: ([^\\r\\n]{1,1024}?)(?:, \\[|\\r?\\n|$)"),
            Pattern.compile(
                    "(?m)^ {0,8}(?:Error )?\"?Message\"?(?::[ \t]{0,3}| = \"?)([^\\r\\n\"]{1,1024}?)\\.?\"?;?\\.? ?$"),
            Pattern.compile("Error info: ([^\\r\\n]{1,1024}?)\\.? {0,2}(?:\\R|$)"),
            Pattern.compile("(?<![A-Za-z])['\"]?[Mm]essage['\"]?: ?'([^'\\r\\n]{1,1024})'"),
            Pattern.compile("(?<![A-Za-z])['\"]?[Mm]essage['\"]?: ?\"([^\"\\r\\n]{1,1024})\""),
            Pattern.compile(
                    "(?<![A-Za-z])(?:Message: |message:|error_message:|error_msg[:=])([^\\r\\n'\"]{1,1024}?), ?[A-Za-z_]{2,32}[:=]"),
            Pattern.compile("(?m)[A-Za-z]{3,64}Error: ([^\\r\\n]{1,1024})$"));

    private ClientError() {}

    /** The elements by the names of OSS's error document; none when the text is not such an exception. */
    static Map<String, String> elements(String written) {
        String text = unescaped(written);
        Map<String, String> elements = new LinkedHashMap<>();
        Optional<String> code = first(CODE, text);
        if (code.isEmpty()) {
            return PhpError.elements(text, first(EC, text));
        }
        if (!STATUS.matcher(text).find() && !REQUEST_ID.matcher(text).find()) {
            return elements;
        }
        elements.put("Code", code.get());
        first(EC, text).ifPresent(ec -> elements.put("EC", ec));
        first(KEY_ID, text).ifPresent(id -> elements.put("OSSAccessKeyId", id));
        lineBefore(text, "[ErrorCode]")
                .or(() -> MESSAGES.stream()
                        .flatMap(pattern -> first(pattern, text).stream())
                        .findFirst())
                .filter(message -> message.length() <= MAX_MESSAGE)
                .ifPresent(message -> elements.put("Message", withoutClass(message)));
        return elements;
    }

    /** Logs in JSON, and code that people paste with it, write line ends and quotes as escapes. */
    private static String unescaped(String text) {
        return text.replace("\\r", "").replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
    }

    /** Java prints the message in the line before the code. */
    private static Optional<String> lineBefore(String text, String mark) {
        int end = text.indexOf('\n' + mark);
        return end < 0
                ? Optional.empty()
                : Optional.of(
                        text.substring(text.lastIndexOf('\n', end - 1) + 1, end).strip());
    }

    /** Removes the class that Java's exceptions begin with, and what a log writes before it. */
    private static String withoutClass(String message) {
        return message.strip()
                .replaceFirst("^.{0,200}?(?:com\\.aliyun\\.[A-Za-z.]{1,100}|Unable to execute HTTP request): ", "");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Reads the text of the PHP SDK's exception: {@code AccessDenied: the message RequestId: 5C3D9778CC1C2AEDF85B587B} (aliyun-oss-php-sdk, OssException), after the prefix of PHP or a log. */
    static final class PhpError {
        private static final String MARK = " RequestId: ";
        private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{16,64}");
        /** A code that is neither a class nor a word of a log: not the class of an exception, {@code ERROR}, {@code Error}. */
        private static final Pattern CODE = Pattern.compile(
                "(?<![A-Za-z0-9:\\\\.])(?![A-Za-z]{0,60}(?:Exception|Warning|Notice):)(?!(?:Error|Message|Code):)"
                        + "([A-Z]{1,8}[a-z][A-Za-z]{1,55}(?:\\.[A-Za-z]{1,63}){0,3}): ");
        /** The most characters of a code, a message, and the text before them. */
        private static final int MAX = 2048;

        private PhpError() {}

        /** The elements by the names of OSS's error document; none when there is no such text. */
        static Map<String, String> elements(String text, Optional<String> ec) {
            Map<String, String> elements = new LinkedHashMap<>();
            int end = text.indexOf(MARK);
            if (end < 0
                    || !ID.matcher(text)
                            .region(end + MARK.length(), text.length())
                            .lookingAt()) {
                return elements;
            }
            int line = text.lastIndexOf('\n', end) + 1;
            String shown = text.substring(Math.max(line, end - MAX), end);
            Matcher code = CODE.matcher(shown);
            if (code.find()) {
                elements.put("Code", code.group(1));
                ec.ifPresent(number -> elements.put("EC", number));
                elements.put("Message", shown.substring(code.end()).strip());
            }
            return elements;
        }
    }
}
