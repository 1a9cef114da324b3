package io.countersign.verify.transcript;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.verify.SubmittedForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The body of a HAR entry's request, as far as signatures look at it.
 *
 * @param form of a POST upload
 * @param urlEncoded a form in the URL's alphabet
 */
record HarBody(Optional<SubmittedForm> form, Optional<String> urlEncoded) {
    private static final HarBody NONE = new HarBody(Optional.empty(), Optional.empty());

    static HarBody of(Optional<Value> postData) throws InvalidDocumentException {
        if (postData.isEmpty()) {
            return NONE;
        }
        Members data = Members.of(postData.get());
        String type = data.optionalString("mimeType").orElse("").toLowerCase(Locale.ROOT);
        String text = data.optionalString("text").orElse("");
        if (type.startsWith("multipart/form-data")) {
            List<SubmittedForm.Field> fields = fields(data.list("params"));
            return new HarBody(
                    Optional.of(new SubmittedForm(
                            fields.isEmpty() ? MultipartText.fields(text) : fields, OptionalLong.empty())),
                    Optional.empty());
        }
        return type.startsWith("application/x-www-form-urlencoded")
                ? new HarBody(Optional.empty(), Optional.of(text))
                : NONE;
    }

    /** Up to the file: what follows it is not read (protocol.md 4). */
    private static List<SubmittedForm.Field> fields(List<Value> params) throws InvalidDocumentException {
        List<SubmittedForm.Field> fields = new ArrayList<>(params.size());
        for (Value param : params) {
            Members members = Members.of(param);
            String name = members.string("name");
            if (members.has("fileName") || name.equals("file")) {
                return fields;
            }
            fields.add(new SubmittedForm.Field(
                    name, members.optionalString("value").orElse("")));
        }
        return fields;
    }
}
