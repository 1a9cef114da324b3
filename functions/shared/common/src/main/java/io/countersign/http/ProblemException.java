package io.countersign.http;

import io.countersign.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A call is refused; the problem is its answer. */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /**
     * The reason of a refusal (RFC 9457, with the type {@code about:blank}).
     *
     * @param code the reason for programs, in CamelCase
     * @param title a summary in a few words, the same for every refusal with this code
     * @param detail what to do next; never a secret or a token
     * @param headers the headers that the status requires, such as {@code Allow}
     * @param extensions further members for programs (RFC 9457, 3.2)
     */
    public record Problem(
            int status,
            String code,
            String title,
            String detail,
            List<Header> headers,
            Map<String, String> extensions) {
        public static final String MEDIA_TYPE = "application/problem+json";

        public Problem {
            headers = List.copyOf(headers);
            extensions = Map.copyOf(extensions);
        }

        public Problem(int status, String code, String title, String detail, List<Header> headers) {
            this(status, code, title, detail, headers, Map.of());
        }

        public Problem(int status, String code, String title, String detail) {
            this(status, code, title, detail, List.of());
        }

        /** The path has no function. */
        public static Problem notFound() {
            return new Problem(404, "NotFound", "There is no such path", "Correct the path of the URL.");
        }

        /**
         * The path does not support the method.
         *
         * @param allowed the methods that it supports
         */
        public static Problem methodNotAllowed(String... allowed) {
            String methods = String.join(", ", allowed);
            return new Problem(
                    405,
                    "MethodNotAllowed",
                    "The method is not allowed",
                    "Use " + methods + ".",
                    List.of(new Header("Allow", methods)));
        }

        public static Problem bodyTooLarge(int maxBytes) {
            return new Problem(
                    413, "BodyTooLarge", "The body is too large", "Send a body of at most " + maxBytes + " bytes.");
        }

        public static Problem urlTooLong() {
            return new Problem(
                    414,
                    "UrlTooLong",
                    "The URL is too long",
                    "Send a URL of at most " + RequestLimits.URL + " characters.");
        }

        public static Problem headersTooLarge() {
            return new Problem(
                    431,
                    "HeadersTooLarge",
                    "The headers are too large",
                    "Send headers of at most " + RequestLimits.HEADER_BLOCK + " bytes in all.");
        }

        public static Problem internal() {
            return new Problem(
                    500, "InternalError", "The server failed", "Try again; the operator finds the cause in the log.");
        }

        /**
         * The store or another dependency does not answer.
         *
         * @param reason for the operator's log; the answer does not contain it
         */
        public static Problem unavailable(Throwable reason) {
            Outages.log(reason);
            return new Problem(
                    503,
                    "Unavailable",
                    "The service is not available",
                    "Try again in a moment.",
                    List.of(new Header("Retry-After", "1")));
        }

        /** The refusal of what would change a registry that is only read here. */
        public static Problem readOnly() {
            return new Problem(
                    503,
                    "RegistryReadOnly",
                    "The registry is read-only",
                    "Send the request to a server that runs without --read-only.");
        }

        /** The response as {@code application/problem+json}. */
        public Reply reply() {
            List<Header> all = new ArrayList<>();
            all.add(new Header("Content-Type", MEDIA_TYPE));
            all.add(new Header("Cache-Control", "no-store"));
            all.addAll(headers);
            return new Reply(status, all, Bytes.json(this::write)).refusing(code);
        }

        private void write(JsonText.ObjectWriter members) {
            members.put("title", title)
                    .put("status", status)
                    .put("detail", detail)
                    .put("code", code);
            new TreeMap<>(extensions).forEach(members::put);
        }
    }
}
