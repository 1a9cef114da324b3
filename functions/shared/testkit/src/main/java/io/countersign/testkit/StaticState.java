package io.countersign.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Runs in a process of its own, on the class path of a function. It initialises the classes that are named in a file, as native-image does when it builds an executable,
 * follows their static fields, and prints each object that no executable may hold with the way to it.
 */
final class StaticState {
    static final String FOUND = "found ";
    static final String STARTED = "initialised-too-early ";
    static final String LOOKED_AT = "looked-at ";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Queue<Reached> queue = new ArrayDeque<>();
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    private record Reached(Object object, String way) {}

    private StaticState() {}

    /** @param arguments a file with the classes that are initialised at build time, one with those at run time, by name */
    public static void main(String[] arguments) throws Exception {
        List<Class<?>> early = loaded(Files.readAllLines(Path.of(arguments[0])));
        List<Class<?>> late = loaded(Files.readAllLines(Path.of(arguments[1])));
        early.removeIf(type -> late.stream().anyMatch(runTime -> runTime.isAssignableFrom(type)));
        List<Class<?>> initialised =
                early.stream().filter(StaticState::initialise).toList();
        for (Class<?> type : late) {
            if (!shouldBeInitialised(type)) {
                System.out.println(STARTED + type.getName());
            }
        }
        StaticState build = new StaticState();
        initialised.forEach(build::follow);
        build.walk();
        System.out.println(LOOKED_AT + initialised.size());
        // Started threads are no reason to stay.
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static List<Class<?>> loaded(List<String> names) {
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            try {
                types.add(Class.forName(name, false, StaticState.class.getClassLoader()));
            } catch (LinkageError | ClassNotFoundException e) {
                // Needs a library that is not there, and so is never reached.
            }
        }
        return types;
    }

    private static boolean initialise(Class<?> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
            return true;
        } catch (LinkageError | ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean shouldBeInitialised(Class<?> type) throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
        Method should = unsafe.getMethod("shouldBeInitialized", Class.class);
        return (Boolean) should.invoke(unsafe.getMethod("getUnsafe").invoke(null), type);
    }

    private void follow(Class<?> type) {
        for (Field field : declared(type)) {
            if (Modifier.isStatic(field.getModifiers())) {
                reach(read(field, null), type.getName() + "." + field.getName());
            }
        }
    }

    private void walk() {
        for (Reached next = queue.poll(); next != null; next = queue.poll()) {
            Object object = next.object();
            Optional<String> reason = NotInAnImage.reason(object);
            if (reason.isPresent()) {
                System.out.println(FOUND + next.way() + ": " + reason.get());
            } else if (object instanceof Object[] array) {
                for (int i = 0; i < Array.getLength(array); i++) {
                    reach(Optional.ofNullable(array[i]), next.way() + "[]");
                }
            } else if (!isMadeAnew(object)) {
                for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                    for (Field field : declared(type)) {
                        if (!Modifier.isStatic(field.getModifiers())) {
                            reach(read(field, object), next.way() + "." + field.getName());
                        }
                    }
                }
            }
        }
    }

    private void reach(Optional<Object> object, String way) {
        object.filter(seen::add).ifPresent(each -> queue.add(new Reached(each, way)));
    }

    private List<Field> declared(Class<?> type) {
        return fields.computeIfAbsent(type, asked -> {
            try {
                return Arrays.stream(asked.getDeclaredFields())
                        .filter(field -> !field.getType().isPrimitive())
                        .toList();
            } catch (NoClassDefFoundError e) {
                return List.of();
            }
        });
    }

    private static Optional<Object> read(Field field, @Nullable Object owner) {
        try {
            field.setAccessible(true);
            return Optional.ofNullable(field.get(owner));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Values that native-image sets for the executable, independent of the build. */
    private static boolean isMadeAnew(Object object) {
        return object instanceof Class
                || object instanceof ClassLoader
                || object instanceof Module
                || object instanceof ModuleLayer
                || object instanceof ThreadGroup
                || object instanceof ProtectionDomain
                // Its cleaner is in a list with those of all other buffers.
                || object instanceof Buffer
                || object instanceof LogManager;
    }
}
