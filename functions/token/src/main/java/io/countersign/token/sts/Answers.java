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

/** Writes the answers of the actions and the refusals. */
final class Answers {
    private static final String RECOMMEND = "https://api.aliyun.com/troubleshoot?product=Sts&q=";
    private static final String HOST_ID = "sts.aliyuncs.com";

    private Answers() {}

    /** @param elements the result of the action, to which the request id is added */
    static Reply of(StsCall.Action action, List<ResponseNode> elements, String requestId, Format format) {
        List<ResponseNode> all = new ArrayList<>();
        all.add(ResponseNode.field("RequestId", requestId));
        all.addAll(elements);
        return reply(200, format.body(action.text() + "Response", all), format, List.of());
    }

    static Reply refusal(StsRefusal refusal, String requestId, Format format) {
        return refusal(refusal.status(), refusal.code(), refusal.text(), requestId, format, refusal.headers());
    }

    /** A refusal that is not specific to STS, in the form of STS. */
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
        return reply(status, format.body("Error", elements), format, headers).refusing(code);
    }

    private static Reply reply(int status, Bytes body, Format format, List<Header> more) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", format.contentType()));
        headers.add(new Header("Cache-Control", "no-store"));
        headers.addAll(more);
        return new Reply(status, headers, body);
    }

    /** An element of an answer, independent of the format. */
    sealed interface ResponseNode {
        String name();

        static Field field(String name, String text) {
            return new Field(name, text);
        }

        static Group group(String name, ResponseNode... elements) {
            return new Group(name, List.of(elements));
        }

        record Field(String name, String text) implements ResponseNode {
            /** The name without the text, which may be a secret. */
            @Override
            public String toString() {
                return name;
            }
        }

        record Group(String name, List<ResponseNode> elements) implements ResponseNode {
            public Group {
                elements = List.copyOf(elements);
            }
        }
    }

    /** The format of an answer. */
    enum Format {
        JSON("application/json") {
            @Override
            Bytes body(String root, List<ResponseNode> elements) {
                return Bytes.json(json -> members(json, elements));
            }
        },
        XML("text/xml") {
            @Override
            Bytes body(String root, List<ResponseNode> elements) {
                XmlText xml = new XmlText(USUAL).markup("<?xml version='1.0' encoding='UTF-8'?>");
                append(new ResponseNode.Group(root, elements), xml);
                return xml.utf8(Bytes::of);
            }
        };

        /** More bytes than those of most documents. */
        private static final int USUAL = 1024;

        /** The format of a call that does not request one. */
        static final Format DEFAULT = JSON;

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String contentType() {
            return mediaType + ";charset=utf-8";
        }

        /** @param root the name of the root element of XML; JSON has none */
        abstract Bytes body(String root, List<ResponseNode> elements);

        /** The format of that name; clients write it in upper or lower case. */
        static Optional<Format> of(String name) {
            for (Format format : values()) {
                if (format.name().equalsIgnoreCase(name)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }

        private static void members(JsonText.ObjectWriter json, List<ResponseNode> elements) {
            for (ResponseNode element : elements) {
                switch (element) {
                    case ResponseNode.Field field -> json.put(field.name(), field.text());
                    case ResponseNode.Group group ->
                        json.object(group.name(), inner -> members(inner, group.elements()));
                }
            }
        }

        private static void append(ResponseNode element, XmlText xml) {
            xml.markup("<").markup(element.name()).markup(">");
            switch (element) {
                case ResponseNode.Field field -> xml.content(field.text());
                case ResponseNode.Group group -> group.elements().forEach(inner -> append(inner, xml));
            }
            xml.markup("</").markup(element.name()).markup(">");
        }
    }
}
