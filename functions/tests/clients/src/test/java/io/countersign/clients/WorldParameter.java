package io.countersign.clients;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One world for the tests of a class, closed at its end: what one class does to the clock meets no other. */
final class WorldParameter implements ParameterResolver {
    private static final ExtensionContext.Namespace PLACE = ExtensionContext.Namespace.create(World.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(PLACE)
                .computeIfAbsent(context.getRequiredTestClass(), type -> start(), World.class);
    }

    private static World start() {
        try {
            return new World();
        } catch (Exception e) {
            throw new IllegalStateException("the world did not start", e);
        }
    }
}
