package io.countersign.gateway.cli;

import io.countersign.gateway.config.InvalidSettingException;
import io.countersign.gateway.config.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Carries out what needs no server. */
public final class QuickCommands {
    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;

    public QuickCommands(Terminal terminal, InstantSource clock, SecureRandom random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    /** @return the exit code; what went wrong stands on standard error in one line */
    public int run(Invocation.Quick invocation) {
        return switch (invocation) {
            case Invocation.Help help -> {
                terminal.out().print(help.text());
                yield ExitCode.OK;
            }
            case Invocation.Version version -> {
                terminal.out().println("countersign " + Version.ofThisBuild());
                yield ExitCode.OK;
            }
            case Invocation.Misused misused -> {
                terminal.refuse(misused.sentence());
                yield ExitCode.USAGE;
            }
            case Invocation.Apply apply -> Attempt.run(terminal, () -> apply(apply));
            case Invocation.RevokeSessions revoke -> Attempt.run(terminal, () -> revoke(revoke));
            case Invocation.Keys keys -> Attempt.run(terminal, () -> list(keys));
            case Invocation.Audit audit -> Attempt.run(terminal, () -> audit(audit));
            case Invocation.Reseal reseal -> Attempt.run(terminal, () -> reseal(reseal));
        };
    }

    private void apply(Invocation.Apply apply) throws CommandFailure {
        Settings settings = settings();
        try (OpenedData data = OpenedData.open(apply.data(), settings.data(), random, clock)) {
            new Applier(terminal, clock, random).apply(apply.manifest(), data, settings, apply.prune());
        }
    }

    private void revoke(Invocation.RevokeSessions revoke) throws CommandFailure {
        try (OpenedData data = existing(revoke.data())) {
            new SessionRevoker(terminal, clock).revoke(data.store(), revoke.sessions(), revoke.asOf());
        }
    }

    private void list(Invocation.Keys keys) throws CommandFailure {
        try (OpenedData data = existing(keys.data())) {
            new KeyPrinter(terminal, keys.json()).print(data.store(), clock.instant());
        }
    }

    private void audit(Invocation.Audit audit) throws CommandFailure {
        YearMonth month =
                audit.month().orElseGet(() -> YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
        try (OpenedData data = existing(audit.data())) {
            new AuditPrinter(terminal, audit.json()).print(data.store(), month, clock.instant());
        }
    }

    private void reseal(Invocation.Reseal reseal) throws CommandFailure {
        try (OpenedData data = existing(reseal.data())) {
            new ResealCommand(terminal, clock, Thread::sleep).run(data);
        }
    }

    private OpenedData existing(Path directory) throws CommandFailure {
        return OpenedData.openExisting(directory, settings().data(), random, clock);
    }

    static Settings settings() throws CommandFailure {
        try {
            return Settings.ofProcess();
        } catch (InvalidSettingException e) {
            throw new CommandFailure("InvalidSetting", e.getMessage() + ".", e);
        }
    }
}
