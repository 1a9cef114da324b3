package io.countersign.registry;

import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.List;
import java.util.TreeSet;

/** Caffeine finds the classes of a cache by names that it makes of the cache's features: an executable has only those that its metadata registers. */
public final class CaffeineClasses {
    private CaffeineClasses() {}

    /** @param holder has the cache in this field */
    public static List<String> of(Object holder, String field) throws ReflectiveOperationException {
        Object cache = get(get(holder, field), "cache");
        return List.of(
                get(cache, "nodeFactory").getClass().getName(), cache.getClass().getName());
    }

    /** @param module its artifact's name */
    public static List<String> registered(String module) throws Exception {
        String path = "/META-INF/native-image/io.countersign/" + module + "/reachability-metadata.json";
        try (InputStream text = CaffeineClasses.class.getResourceAsStream(path)) {
            if (text == null) {
                throw new AssertionError(path + " is not there");
            }
            TreeSet<String> types = new TreeSet<>();
            for (Value type : Members.of(Values.parse(text.readAllBytes())).list("reflection")) {
                types.add(Members.of(type).string("type"));
            }
            return List.copyOf(types);
        }
    }

    private static Object get(Object holder, String name) throws ReflectiveOperationException {
        for (Class<?> type = holder.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(holder);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }
}
