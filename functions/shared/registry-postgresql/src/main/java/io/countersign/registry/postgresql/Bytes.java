package io.countersign.registry.postgresql;

import io.countersign.registry.store.ItemKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Texts as the bytes that the table has. */
final class Bytes {
    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Empty when the bytes are no text. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The partitions of the keys, in their order. */
    static Array partitions(Connection connection, List<ItemKey> keys) throws SQLException {
        return array(connection, keys, ItemKey::partition);
    }

    /** The sort keys, in their order. */
    static Array sorts(Connection connection, List<ItemKey> keys) throws SQLException {
        return array(connection, keys, ItemKey::sort);
    }

    static <T> Array array(Connection connection, List<T> of, Function<T, String> text) throws SQLException {
        return connection.createArrayOf(
                "bytea", of.stream().map(text).map(Bytes::of).toArray(byte[][]::new));
    }
}
