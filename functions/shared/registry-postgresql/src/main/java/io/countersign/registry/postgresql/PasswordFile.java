package io.countersign.registry.postgresql;

import io.agroal.api.security.AgroalSecurityProvider;
import io.countersign.registry.sealing.OwnFile;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The file of the password. It is read for each new connection, so that a password that is replaced on the server and
 * in the file needs no restart.
 */
record PasswordFile(Path path) {
    private static final int MAX_BYTES = 1_024;

    /** @throws StoreUnavailable when the file is not this user's own, or has no password */
    String read() throws StoreUnavailable {
        OwnFile file = new OwnFile(path, "the password file " + path);
        try {
            file.requireFile();
            file.requireDirectory();
            if (Files.size(path) > MAX_BYTES) {
                throw new StoreUnavailable(
                        file.name() + " has more than " + MAX_BYTES + " bytes; it holds the password alone");
            }
            String password = Files.readString(path, StandardCharsets.UTF_8).strip();
            if (password.isEmpty()) {
                throw new StoreUnavailable(file.name() + " is empty; put the password in it");
            }
            return password;
        } catch (OwnFile.NotOwnException e) {
            throw new StoreUnavailable(e.problem(), e);
        } catch (IOException e) {
            throw new StoreUnavailable(file.name() + " cannot be read; name a file of the user that this runs as", e);
        }
    }

    /** Gives the pool the password of a connection that it makes. */
    static final class Provider implements AgroalSecurityProvider {
        @Override
        public @org.jspecify.annotations.Nullable Properties getSecurityProperties(Object credential) {
            if (!(credential instanceof PasswordFile file)) {
                return null;
            }
            Properties properties = new Properties();
            try {
                properties.setProperty("password", file.read());
            } catch (StoreUnavailable e) {
                throw new Unreadable(e);
            }
            return properties;
        }
    }

    /** Carries the reason through the pool. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unreadable(StoreUnavailable reason) {
            super(reason.getMessage(), reason);
        }
    }
}
