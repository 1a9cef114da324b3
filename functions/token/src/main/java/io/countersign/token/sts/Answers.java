package io.countersign.token.sts;

import io.countersign.http.Bytes;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.oss.XmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts answers together: those of actions, and refusals. */
final class Answers {
    private static final String RECOMMEND = "https://api.aliyun.com/troubleshoot?product=Sts&q=";
    private static final String HOST_ID = "sts.aliyuncs.com";

    private Answers() {}

    /** @param elements what the action answers besides the request's id */
    static Reply of(StsCall.StsAction action, List<ResponseNode> elements, String requestId, Format format) {
        List<ResponseNode> all = new ArrayList<>();
        all.add(ResponseNode.field("RequestId", requestId));
        all.addAll(elements);
        return reply(200, format.text(action.text() + "Response", all), format, List.of());
    }

    static Reply refusal(StsRefusal refusal, String requestId, Format format) {
        return refusal(refusal.status(), refusal.code(), refusal.text(), requestId, format, List.of());
    }

    /** What any face may refuse, in STS's form. */
    static Reply refusal(ProblemException.Problem problem, String requestId, Format format) {
        return refusal(problem.status(), problem.code(), problem.detail(), requestId, format, problem.headers());
    }

    private static Reply refusal(
            int status, String code, String text, String requestId, Format format, List<Header> headers) {
        List<ResponseNode> elements = List.of(
                ResponseNode.field("RequestId", requestId),
                ResponseNode.field("HostId", HOST_ID),
                ResponseNode.field("Code", code),
                ResponseNode.field("Message", text),
                ResponseNode.field("Recommend", RECOMMEND + code));
        return reply(status, format.text("Error", elements), format, headers);
    }

    private static Reply reply(int status, String text, Format format, List<Header> more) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", format.contentType()));
        headers.add(new Header("Cache-Control", "no-store"));
        headers.addAll(more);
        return new Reply(status, headers, Bytes.utf8(text));
    }

    /** What an answer is made of, whichever format it is written in. */
    sealed interface ResponseNode {
        String name();

        static Field field(String name, String text) {
            return new Field(name, text);
        }

        static Group group(String name, ResponseNode... elements) {
            return new Group(name, List.of(elements));
        }

        record Field(String name, String text) implements ResponseNode {
            /** The name alone: the text may be a secret. */
            @Override
            public String toString() {
                return name;
            }
        }

        /** @param elements in their order */
        record Group(String name, List<ResponseNode> elements) implements ResponseNode {
            public Group {
                elements = List.copyOf(elements);
            }
        }
    }

    /** How an answer is written. */
    enum Format {
        JSON("application/json") {
            @Override
            String text(String root, List<ResponseNode> elements) {
                return JsonText.object(json -> members(json, elements));
            }
        },
        XML("text/xml") {
            @Override
            String text(String root, List<ResponseNode> elements) {
                StringBuilder xml = new StringBuilder(1024).append("<?xml version='1.0' encoding='UTF-8'?>");
                append(new ResponseNode.Group(root, elements), xml);
                return xml.toString();
            }
        };

        /** What is answered when nobody asks for a format. */
        static final Format DEFAULT = JSON;

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String contentType() {
            return mediaType + ";charset=utf-8";
        }

        /** @param root the name of XML's outermost element; JSON has none */
        abstract String text(String root, List<ResponseNode> elements);

        /** By the parameter {@code Format}; clients write it in either case. */
        static Optional<Format> of(String name) {
            for (Format format : values()) {
                if (format.name().equalsIgnoreCase(name)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }

        private static void members(JsonText.JsonObjectWriter json, List<ResponseNode> elements) {
            for (ResponseNode element : elements) {
                switch (element) {
                    case ResponseNode.Field field -> json.put(field.name(), field.text());
                    case ResponseNode.Group group ->
                        json.object(group.name(), inner -> members(inner, group.elements()));
                }
            }
        }

        private static void append(ResponseNode element, StringBuilder xml) {
            xml.append('<').append(element.name()).append('>');
            switch (element) {
                case ResponseNode.Field field -> XmlText.escape(field.text(), xml);
                case ResponseNode.Group group -> group.elements().forEach(inner -> append(inner, xml));
            }
            xml.append("</").append(element.name()).append('>');
        }
    }
}
