package io.countersign.verify.transcript;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of the PHP SDK's exception: {@code AccessDenied: the message RequestId: 5C3D9778CC1C2AEDF85B587B} (aliyun-oss-php-sdk, OssException), behind whatever PHP or a log writes before it. */
final class PhpError {
    private static final String MARK = " RequestId: ";
    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{16,64}");
    /** No class and no word of a log: the class of an exception, {@code ERROR}, {@code Error}. */
    private static final Pattern CODE = Pattern.compile(
            "(?<![A-Za-z0-9:\\\\.])(?![A-Za-z]{0,60}(?:Exception|Warning|Notice):)(?!(?:Error|Message|Code):)"
                    + "([A-Z]{1,8}[a-z][A-Za-z]{1,55}(?:\\.[A-Za-z]{1,63}){0,3}): ");
    /** Characters of a code, a message, and what stands before them. */
    private static final int MAX = 2048;

    private PhpError() {}

    /** By the names of OSS's error document; none when there is no such text. */
    static Map<String, String> elements(String text, Optional<String> ec) {
        Map<String, String> elements = new LinkedHashMap<>();
        int end = text.indexOf(MARK);
        if (end < 0
                || !ID.matcher(text).region(end + MARK.length(), text.length()).lookingAt()) {
            return elements;
        }
        int line = text.lastIndexOf('\n', end) + 1;
        String told = text.substring(Math.max(line, end - MAX), end);
        Matcher code = CODE.matcher(told);
        if (code.find()) {
            elements.put("Code", code.group(1));
            ec.ifPresent(number -> elements.put("EC", number));
            elements.put("Message", told.substring(code.end()).strip());
        }
        return elements;
    }
}
