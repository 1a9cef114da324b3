package io.countersign.identity.delegation;

/**
 * The rule for {@code x-oss-process}: steps separated by {@code |}, each {@code kind/action,parameters/action,parameters}, every action on the list. A
 * {@code sys/saveas} step passes: it needs the right to write what it writes.
 */
final class ProcessRule {
    private static final String SAVE = "sys/saveas,";

    private ProcessRule() {}

    static void check(String process, SigningOptions options) throws SigningRefusal {
        for (String step : process.split("\\|", -1)) {
            if (!step.startsWith(SAVE) && !isListed(step, options)) {
                throw new SigningRefusal(
                        SigningError.PROCESS_NOT_SIGNABLE,
                        "The x-oss-process has an action that is not one that is signed here; leave it out or have it listed.");
            }
        }
    }

    private static boolean isListed(String step, SigningOptions options) {
        String[] parts = step.split("/", -1);
        if (parts.length < 2) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String action = parts[i].split(",", 2)[0];
            if (action.isEmpty()
                    || !(options.processes().contains(parts[0] + "/" + action)
                            || options.processes().contains(parts[0] + "/*"))) {
                return false;
            }
        }
        return true;
    }
}
