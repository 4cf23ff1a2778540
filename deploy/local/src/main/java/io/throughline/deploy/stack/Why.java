package io.throughline.deploy.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;

/// Why something failed, in words for the person who wanted it: what is wrong, where, what to do. No class of ours or of Java's is named.
public final class Why {
    private static final String FAULT = "Something went wrong that should not have%s. Set THROUGHLINE_TRACE=1 and run it again for what a report needs.";

    private Why() {}

    public static String of(Throwable failure) {
        return switch (failure) {
            case StackException told -> told.getMessage();
            case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
            case JsonProcessingException _ -> "What should be JSON is not: " + failure.getMessage().lines().findFirst().orElse("");
            case FileSystemException file -> of(file);
            case IOException io when io.getMessage() != null && !io.getMessage().contains("Exception") -> io.getMessage();
            default -> FAULT.formatted(failure.getMessage() == null || failure.getMessage().contains("Exception") ? "" : " (" + failure.getMessage() + ")");
        };
    }

    private static String of(FileSystemException failure) {
        var file = failure.getFile();
        var reason = failure.getReason() == null ? "" : failure.getReason();
        return switch (failure) {
            case AccessDeniedException _ -> file + " is not open to this account. A stack belongs to the account that started it; your own goes elsewhere: --var DIR";
            case NoSuchFileException _ -> file + " is missing, and cannot be made.";
            case FileAlreadyExistsException _, NotDirectoryException _ -> file + " is a file where a folder is needed. Choose another folder: --var DIR";
            case DirectoryNotEmptyException _ -> file + " was written to while it was to be deleted. Is something still running there?";
            case FileSystemLoopException _ -> file + " is a link to itself.";
            default -> reason.contains("No space") || reason.contains("quota")
                    ? "%s cannot be written: the disk is full (%s). Free some of it; ./throughline doctor says how much there is.".formatted(file, reason)
                    : reason.contains("not permitted")
                    ? "%s cannot be closed to others. It must belong to the account that starts the stack; another folder: --var DIR".formatted(file)
                    : reason.contains("Not a directory")
                    ? "%s cannot be there: above it lies a file. Choose another folder: --var DIR".formatted(file)
                    : reason.contains("Read-only")
                    ? "%s cannot be written: it lies on a read-only disk. Choose another folder: --var DIR".formatted(file)
                    : "%s cannot be used: %s.".formatted(file, reason.isEmpty() ? "the system does not say why" : reason);
        };
    }
}
