package io.countersign.gateway.decisions;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of clients that the log tells apart, so that a line holds no text of the client's own. The prefixes are those that the clients send (docs/decision-log.md). */
public enum UserAgentFamily {
    JAVA("aliyun-sdk-java"),
    /** oss2. */
    PYTHON("aliyun-sdk-python"),
    /** ali-oss, in Node and in browsers. */
    JS("aliyun-sdk-js"),
    ANDROID("aliyun-sdk-android"),
    IOS("aliyun-sdk-ios"),
    GO("aliyun-sdk-go"),
    CPP("aliyun-sdk-cpp"),
    C("aliyun-sdk-c"),
    PHP("aliyun-sdk-php"),
    NET("aliyun-sdk-net"),
    RUBY("aliyun-sdk-ruby"),
    JAVA_V2("alibabacloud-oss-v2-java"),
    PYTHON_V2("alibabacloud-oss-v2-python"),
    JS_V2("alibabacloud-oss-v2-js"),
    GO_V2("alibabacloud-oss-v2-go"),
    PHP_V2("alibabacloud-oss-v2-php"),
    NET_V2("alibabacloud-oss-v2-net"),
    SWIFT_V2("alibabacloud-oss-v2-swift"),
    /** Alibaba Cloud's clients of services other than OSS, such as STS. */
    ALIBABA_CLOUD("alibabacloud-sdk"),
    OSSUTIL("ossutil"),
    OSSBROWSER("ossbrowser"),
    CURL("curl"),
    BROWSER("browser"),
    OTHER("other"),
    /** There is no User-Agent. */
    NONE("none");

    /** What follows in a longer header is not looked at. */
    private static final int LONGEST = 512;

    private static final String V1 = "aliyun-sdk-";
    private static final String V2 = "alibabacloud-";
    private static final String V2_END = "-sdk-v2";

    private static final Map<String, UserAgentFamily> OF_V1 = Map.ofEntries(
            Map.entry("java", JAVA),
            Map.entry("python", PYTHON),
            Map.entry("js", JS),
            Map.entry("nodejs", JS),
            Map.entry("android", ANDROID),
            Map.entry("ios", IOS),
            Map.entry("mac", IOS),
            Map.entry("go", GO),
            Map.entry("cpp", CPP),
            Map.entry("c", C),
            Map.entry("php", PHP),
            Map.entry("dotnet", NET),
            Map.entry("net", NET),
            Map.entry("ruby", RUBY));

    private static final Map<String, UserAgentFamily> OF_V2 = Map.of(
            "java", JAVA_V2,
            "python", PYTHON_V2,
            "js", JS_V2,
            "nodejs", JS_V2,
            "go", GO_V2,
            "php", PHP_V2,
            "dotnet", NET_V2,
            "swift", SWIFT_V2);

    private final String text;

    UserAgentFamily(String text) {
        this.text = text;
    }

    /** The value of {@code userAgentFamily}. */
    public String text() {
        return text;
    }

    /** @param userAgent the User-Agent header, whatever it contains */
    public static UserAgentFamily of(Optional<String> userAgent) {
        return userAgent.map(UserAgentFamily::of).orElse(NONE);
    }

    private static UserAgentFamily of(String userAgent) {
        String agent = userAgent
                .substring(0, Math.min(userAgent.length(), LONGEST))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (agent.isEmpty()) {
            return NONE;
        }
        // Tools on top of an SDK follow the SDK's own name, so they are looked for first.
        if (agent.contains("ossutil")) {
            return OSSUTIL;
        }
        if (agent.contains("ossbrowser") || agent.contains("oss-browser")) {
            return OSSBROWSER;
        }
        String product = product(agent);
        if (product.startsWith(V1)) {
            return OF_V1.getOrDefault(product.substring(V1.length()), OTHER);
        }
        if (product.startsWith(V2) && product.endsWith(V2_END)) {
            return OF_V2.getOrDefault(
                    product.substring(V2.length(), Math.max(V2.length(), product.length() - V2_END.length())), OTHER);
        }
        return switch (product) {
            case "alibabacloud" -> ALIBABA_CLOUD;
            case "curl" -> CURL;
            case "mozilla" -> BROWSER;
            default -> OTHER;
        };
    }

    /** The name of the first product (RFC 9110 10.1.5). */
    private static String product(String agent) {
        int end = 0;
        while (end < agent.length() && agent.charAt(end) != '/' && agent.charAt(end) != ' ') {
            end++;
        }
        return agent.substring(0, end);
    }
}
