package io.countersign.clients;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One store of files for all tests of a run, closed at its end. */
final class FileStoreParameter implements ParameterResolver {
    private static final ExtensionContext.Namespace PLACE = ExtensionContext.Namespace.create(FileStore.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FileStore.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(PLACE).computeIfAbsent(FileStore.class, type -> start(), FileStore.class);
    }

    private static FileStore start() {
        try {
            return new FileStore();
        } catch (Exception e) {
            throw new IllegalStateException("the store did not start", e);
        }
    }
}
