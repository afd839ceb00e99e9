package io.github.sparkncbigene.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;

/** The jar that is tested, read as a file: none of its classes is loaded. */
final class PackagedJar {
    private static final String REGISTRY = "io/github/sparkncbigene/report/gene-fields.tsv";
    private static final String OURS = "io/github/sparkncbigene/";
    private static final String RELOCATED = OURS + "shaded/";

    private PackagedJar() {}

    /** Where it is. */
    static Path path() {
        URL url = PackagedJar.class.getClassLoader().getResource(REGISTRY);
        if (url == null || !url.getProtocol().equals("jar")) {
            throw new IllegalStateException("The packaged jar is not on the class path, but " + url);
        }
        String jar = url.getPath();
        try {
            return Path.of(new URL(jar.substring(0, jar.indexOf("!/"))).toURI());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(jar, e);
        }
    }

    /** The connector's own classes, without the relocated ones. */
    static List<ClassReader> ownClasses() throws IOException {
        List<ClassReader> classes = new ArrayList<>();
        try (JarFile jar = new JarFile(path().toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && name.startsWith(OURS) && !isRelocated(name)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        classes.add(new ClassReader(in));
                    }
                }
            }
        }
        return classes;
    }

    /** Whether a type, by its internal name, is of a library inside the jar. */
    static boolean isRelocated(String type) {
        return type.startsWith(RELOCATED);
    }
}
