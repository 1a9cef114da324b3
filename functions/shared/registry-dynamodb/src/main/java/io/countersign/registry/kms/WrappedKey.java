package io.countersign.registry.kms;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One version of the root key as it stands in the table.
 *
 * @param wrapped what KMS made of it, in base64
 */
record WrappedKey(String version, String wrapped) {
    /** All versions in one item, oldest first: one condition guards who makes the next. */
    static final ItemKey ITEM = new ItemKey("rootkey", "kms");

    /** What KMS makes of 32 bytes is some 200 bytes long. */
    private static final int MAX_WRAPPED = 8_192;

    static String text(List<WrappedKey> keys) {
        return JsonText.object(json -> json.array(
                "versions",
                array -> keys.forEach(key -> array.object(
                        members -> members.put("version", key.version()).put("wrapped", key.wrapped())))));
    }

    /** @throws InvalidDocumentException when the payload holds no wrapped keys of this version of Countersign */
    static List<WrappedKey> read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        List<WrappedKey> keys = new ArrayList<>();
        for (Value key : members.list("versions")) {
            keys.add(one(key));
        }
        if (keys.isEmpty()) {
            throw new InvalidDocumentException(members.at(), "expected a version");
        }
        members.done();
        return List.copyOf(keys);
    }

    private static WrappedKey one(Value value) throws InvalidDocumentException {
        Members members = Members.of(value);
        WrappedKey key = new WrappedKey(members.string("version"), members.string("wrapped"));
        members.done();
        if (!key.version().matches("[A-Za-z0-9-]{1,64}")
                || key.wrapped().length() > MAX_WRAPPED
                || !key.wrapped().matches("[A-Za-z0-9+/]+={0,2}")) {
            throw new InvalidDocumentException(value.at(), "expected a wrapped key");
        }
        return key;
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(wrapped);
    }
}
