package io.countersign.registry.wrapping;

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
 * A version of the root key as it is stored.
 *
 * @param wrapped the service's bytes in base64
 */
record WrappedKey(String version, String wrapped) {
    /** All versions are in one item, oldest first: one condition guards the making of the next. */
    static final ItemKey ITEM = new ItemKey("rootkey", "kms");

    /** The services wrap 32 bytes in 150 to 300 bytes. */
    private static final int MAX_WRAPPED = 8_192;

    static WrappedKey of(String version, byte[] wrapped) {
        return new WrappedKey(version, Base64.getEncoder().encodeToString(wrapped));
    }

    static boolean isPossible(byte[] wrapped) {
        return wrapped.length > 0 && wrapped.length <= MAX_WRAPPED / 4 * 3;
    }

    static String text(List<WrappedKey> keys) {
        return JsonText.object(json -> json.objects(
                "versions",
                keys,
                (member, key) -> member.put("version", key.version()).put("wrapped", key.wrapped())));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as wrapped keys */
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
