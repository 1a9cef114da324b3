package io.countersign.token.sts;

import io.countersign.http.Bytes;
import io.countersign.http.Header;
import io.countersign.http.Problem;
import io.countersign.http.Reply;
import java.util.ArrayList;
import java.util.List;

/** Puts answers together: those of actions, and refusals. */
final class Answers {
    private static final String RECOMMEND = "https://api.aliyun.com/troubleshoot?product=Sts&q=";
    private static final String HOST_ID = "sts.aliyuncs.com";

    private Answers() {}

    /** @param elements what the action answers besides the request's id */
    static Reply of(StsAction action, List<Element> elements, String requestId, Format format) {
        List<Element> all = new ArrayList<>();
        all.add(Element.field("RequestId", requestId));
        all.addAll(elements);
        return reply(200, format.text(action.text() + "Response", all), format, List.of());
    }

    static Reply refusal(StsRefusal refusal, String requestId, Format format) {
        return refusal(refusal.status(), refusal.code(), refusal.text(), requestId, format, List.of());
    }

    /** What any face may refuse, in STS's form. */
    static Reply refusal(Problem problem, String requestId, Format format) {
        return refusal(problem.status(), problem.code(), problem.detail(), requestId, format, problem.headers());
    }

    private static Reply refusal(
            int status, String code, String text, String requestId, Format format, List<Header> headers) {
        List<Element> elements = List.of(
                Element.field("RequestId", requestId),
                Element.field("HostId", HOST_ID),
                Element.field("Code", code),
                Element.field("Message", text),
                Element.field("Recommend", RECOMMEND + code));
        return reply(status, format.text("Error", elements), format, headers);
    }

    private static Reply reply(int status, String text, Format format, List<Header> more) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", format.contentType()));
        headers.add(new Header("Cache-Control", "no-store"));
        headers.addAll(more);
        return new Reply(status, headers, Bytes.utf8(text));
    }
}
