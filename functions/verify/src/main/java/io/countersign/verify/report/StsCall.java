package io.countersign.verify.report;

import io.countersign.oss.EncodedText;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.verify.transcript.Answer;
import io.countersign.verify.transcript.ErrorBody;
import io.countersign.verify.transcript.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call to STS in RPC style (protocol.md 6).
 *
 * @param parameters of query and body together
 * @param answer of STS, if there was one
 */
record StsCall(HttpMethod method, QueryParameters parameters, Optional<Answer> answer) {
    private static final int MAX = 8 * 1024;

    /** Empty when the exchange is none. */
    static Optional<StsCall> of(Exchange exchange) {
        Optional<HttpMethod> method = HttpMethod.of(exchange.method());
        if (method.isEmpty()
                || exchange.url().length() > MAX
                || exchange.body().orElse("").length() > MAX) {
            return Optional.empty();
        }
        int question = exchange.url().indexOf('?');
        try {
            List<QueryParameter> parameters = new ArrayList<>(
                    QueryParameters.parse(question < 0 ? "" : exchange.url().substring(question + 1), EncodedText.URL)
                            .list());
            parameters.addAll(QueryParameters.parse(exchange.body().orElse(""), EncodedText.BODY)
                    .list());
            QueryParameters all = new QueryParameters(parameters);
            boolean inHeaders = exchange.headers().has("x-acs-action");
            return all.has("Action") && all.has("Version") || inHeaders
                    ? Optional.of(new StsCall(method.get(), all, exchange.answer()))
                    : Optional.empty();
        } catch (OssRefusal unreadable) {
            return Optional.empty();
        }
    }

    /** What STS refused with. */
    Optional<ErrorBody> error() {
        return answer.flatMap(Answer::error);
    }

    /** Empty when the call names none. */
    String accessKeyId() {
        return parameters.first("AccessKeyId").orElse("");
    }

    /** Whether it names one that can be. */
    boolean hasAccessKeyId() {
        return !accessKeyId().isEmpty() && accessKeyId().length() <= AccessKey.MAX_ID_LENGTH;
    }

    /** Of the RPC style alone: ACS3 signs in a header. */
    Optional<String> signature() {
        return parameters.first("Signature").filter(text -> !text.isEmpty());
    }
}
