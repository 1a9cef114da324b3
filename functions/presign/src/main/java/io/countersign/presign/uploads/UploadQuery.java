package io.countersign.presign.uploads;

import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The query of a path of Companion. Parameters that are not known are refused, but for {@code metadata[...]}, which is the page's own and goes nowhere. */
final class UploadQuery {
    private static final int MAX_TYPE = 255;
    private static final String METADATA = "metadata[";

    private final QueryParameters parameters;

    private UploadQuery(QueryParameters parameters) {
        this.parameters = parameters;
    }

    /** @throws ProblemException InvalidParameter for a parameter that is malformed, there twice, or not one of these */
    static UploadQuery of(Call call, String... known) throws ProblemException {
        try {
            QueryParameters all = QueryParameters.parse(call.rawQuery().orElse(""), EncodedText.URL);
            Set<String> names = Set.of(known);
            for (QueryParameter parameter : all.list()) {
                if (!names.contains(parameter.name()) && !parameter.name().startsWith(METADATA)) {
                    throw UploadRefusal.parameter("A parameter of the URL is not known here; leave it out.");
                }
                if (names.contains(parameter.name())
                        && all.all(parameter.name()).size() > 1) {
                    throw UploadRefusal.parameter(
                            "The parameter " + parameter.name() + " is duplicated; send it once.");
                }
            }
            return new UploadQuery(all);
        } catch (OssRefusal e) {
            throw UploadRefusal.parameter(e.text());
        }
    }

    Optional<String> key() {
        return parameters.first("key");
    }

    /** The file of {@code s3/params}. */
    UploadRequest file() throws ProblemException {
        String name = parameters.first("filename").orElse("");
        String type = parameters.first("type").orElse("");
        if (name.isEmpty() || name.length() > UploadRequest.MAX_NAME || type.isEmpty() || type.length() > MAX_TYPE) {
            throw UploadRefusal.parameter("The parameters filename and type say which file is uploaded; send both.");
        }
        return new UploadRequest(name, type, OptionalLong.empty(), Optional.empty());
    }

    /** The numbers of {@code batch}, separated by commas. */
    List<Integer> partNumbers(int max) throws ProblemException {
        List<Integer> numbers = new ArrayList<>();
        for (String text : parameters.first("partNumbers").orElse("").split(",", -1)) {
            int number = UploadPath.partNumber(text)
                    .orElseThrow(() -> UploadRefusal.parameter(
                            "The parameter partNumbers has numbers from 1 to 10000, separated by commas; correct it."));
            if (numbers.contains(number) || numbers.size() == max) {
                throw UploadRefusal.parameter(
                        "The parameter partNumbers names each part once, and at most " + max + "; correct it.");
            }
            numbers.add(number);
        }
        return numbers;
    }
}
