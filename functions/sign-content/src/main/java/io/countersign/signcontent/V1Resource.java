package io.countersign.signcontent;

import io.countersign.http.Refused;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.List;

/** The last line of V1's string to sign (protocol.md 1.2): {@code /bucket/key?parameters}, nothing in it encoded. */
record V1Resource(Target target, QueryParameters query) {
    /** @throws Refused AmbiguousContent when it has more than one question mark, InvalidContent when it names no bucket */
    static V1Resource parse(String text) throws Refused {
        int mark = text.indexOf('?');
        if (mark >= 0 && text.indexOf('?', mark + 1) >= 0) {
            throw ContentError.AMBIGUOUS_CONTENT.because(
                    "The resource has two question marks, and V1 does not say which of them ends the key; sign with V4.");
        }
        String path = mark < 0 ? text : text.substring(0, mark);
        return new V1Resource(
                ResourcePath.target(path), mark < 0 ? QueryParameters.NONE : parameters(text.substring(mark + 1)));
    }

    private static QueryParameters parameters(String text) {
        List<QueryParameter> parameters = new ArrayList<>();
        for (String piece : text.split("&", -1)) {
            int equals = piece.indexOf('=');
            parameters.add(
                    equals < 0
                            ? QueryParameter.bare(piece)
                            : QueryParameter.of(piece.substring(0, equals), piece.substring(equals + 1)));
        }
        return new QueryParameters(parameters);
    }
}
