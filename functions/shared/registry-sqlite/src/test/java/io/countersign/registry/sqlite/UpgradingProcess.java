package io.countersign.registry.sqlite;

import java.nio.file.Path;
import java.sql.Connection;

/** A process of its own that upgrades a file, and says on standard output when it is where it is to be killed. */
final class UpgradingProcess {
    /** Instead of a number of steps: opens the file as a server does. */
    static final int OPENING = -1;

    private UpgradingProcess() {}

    /** The file, and the number of steps to make before it waits. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        int steps = Integer.parseInt(arguments[1]);
        if (steps == OPENING) {
            say("opening");
            SqliteStore.open(file).close();
            say("opened");
            return;
        }
        try (Connection connection = new DatabaseFile(file).writing()) {
            Writer.execute(connection, "BEGIN IMMEDIATE");
            for (Schema.Upgrade step : Schema.Upgrade.STEPS.subList(0, steps)) {
                step.make(connection);
            }
            say("waiting");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }
}
