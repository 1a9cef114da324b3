package io.countersign.identity.delegation;

import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The options of an operator for the {@link SigningTable}.
 *
 * @param callback whether callers may set a callback ({@code x-oss-callback}), with which OSS calls an address of the caller's choice
 * @param symlink whether callers may make symbolic links ({@code symlink}, {@code x-oss-symlink-target})
 * @param processes what {@code x-oss-process} may do, as {@code image/resize} or {@code style/*}
 */
public record SigningOptions(boolean callback, boolean symlink, Set<String> processes) {
    private static final Setting CALLBACK = Setting.of(
            "countersign.presign.callback",
            "false",
            "Whether callers may set an upload callback (x-oss-callback), at /presign and /sign-content.");
    private static final Setting SYMLINK = Setting.of(
            "countersign.presign.symlink",
            "false",
            "Whether callers may make symbolic links, at /presign and /sign-content.");
    private static final Setting PROCESSES = Setting.optional(
            "countersign.presign.processes",
            "those that read only the object itself",
            "The processes that x-oss-process may name, at /presign and /sign-content, separated by commas: image/resize, style/*.");

    /** The settings that {@link #from} reads. */
    public static final List<Setting> SETTINGS = List.of(CALLBACK, SYMLINK, PROCESSES);

    private static final Pattern PROCESS = Pattern.compile("[a-z]{1,32}/([a-z-]{1,64}|\\*)");

    /**
     * No callbacks and no symbolic links; the image and video processes that read only the object itself, and the bucket's styles. {@code image/watermark} is not
     * included, because it can read another object of the bucket.
     */
    public static final SigningOptions DEFAULT = new SigningOptions(
            false,
            false,
            Set.of(
                    "image/resize",
                    "image/crop",
                    "image/circle",
                    "image/rounded-corners",
                    "image/indexcrop",
                    "image/rotate",
                    "image/auto-orient",
                    "image/blur",
                    "image/bright",
                    "image/contrast",
                    "image/sharpen",
                    "image/format",
                    "image/quality",
                    "image/interlace",
                    "image/info",
                    "image/average-hue",
                    "video/snapshot",
                    "style/*"));

    /** @throws IllegalArgumentException when a process is not {@code kind/action} or {@code kind/*}, or begins with {@code sys/}, which has its own rules */
    public SigningOptions {
        processes = Set.copyOf(processes);
        for (String process : processes) {
            if (!PROCESS.matcher(process).matches() || process.startsWith("sys/")) {
                throw new IllegalArgumentException(
                        "a process is listed as kind/action or kind/*, for example image/resize; sys/ is never listed");
            }
        }
    }

    /**
     * Reads the options from the settings. Every endpoint that signs for callers uses the same.
     *
     * @throws PropertyValues.InvalidSettingException when a value is malformed
     */
    public static SigningOptions from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        List<String> processes = values.list(PROCESSES);
        try {
            return new SigningOptions(
                    values.flag(CALLBACK).orElse(false),
                    values.flag(SYMLINK).orElse(false),
                    processes.isEmpty() ? DEFAULT.processes() : Set.copyOf(processes));
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(PROCESSES.name(), String.valueOf(e.getMessage()));
        }
    }
}
