package io.github.sparkncbigene.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.decode.ColumnReader;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.decode.ScalarReaders;
import io.github.sparkncbigene.decode.UnsafeListReader;
import io.github.sparkncbigene.json.Utf8;
import io.github.sparkncbigene.json.Utf8Json;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are, byte for byte, what Spark itself makes of the same values: it compares and hashes those bytes. */
class UnsafeFormTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Property(tries = 60)
    void isSparksOwnForm(@ForAll Random random) throws IOException {
        for (Report report : Report.values()) {
            StructType schema = nestedColumns(report, random);
            UnsafeProjection spark = UnsafeProjection.create(schema);
            NestedLayout layout = Decoding.nested(report, schema);
            String json = object(report.root(), random);
            InputStream page = trickle("{\"reports\":[{\"" + report.word() + "\":" + json + "}]}", random);
            List<byte[]> rows = new ArrayList<>();
            try (JsonReports reports = new JsonReports(page, false, layout)) {
                ReportValues read = reports.next();
                assertThat(read.malformedValues()).isEmpty();
                layout.rows(
                        read,
                        List.of(Decoding.ASKED),
                        new EmittedRows(),
                        row -> rows.add(spark.apply(new GenericInternalRow(row)).getBytes()));
            }

            JsonNode tree = MAPPER.readTree(json);
            assertThat(rows).isNotEmpty();
            assertThat(rows.get(0))
                    .isEqualTo(spark.apply(expected(tree, report, schema)).getBytes());
        }
    }

    /** The columns of the report itself that are arrays or structs, some of them pruned. */
    private static StructType nestedColumns(Report report, Random random) {
        List<StructField> fields = new ArrayList<>();
        for (StructField field : ReportSchema.of(report).fields()) {
            boolean ofReport = report.column(field.name())
                    .filter(node -> node.parent() == report.root())
                    .isPresent();
            if (ofReport && !field.dataType().equals(DataTypes.StringType) && random.nextInt(4) > 0) {
                fields.add(new StructField(field.name(), prune(field.dataType(), random), true, field.metadata()));
            }
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private static DataType prune(DataType type, Random random) {
        if (type instanceof ArrayType array) {
            return DataTypes.createArrayType(prune(array.elementType(), random));
        }
        if (!(type instanceof StructType struct)) {
            return type;
        }
        List<StructField> kept = new ArrayList<>();
        for (StructField field : struct.fields()) {
            if (kept.isEmpty() || random.nextInt(4) > 0) {
                kept.add(new StructField(field.name(), prune(field.dataType(), random), true, field.metadata()));
            }
        }
        return new StructType(kept.toArray(StructField[]::new));
    }

    /** JSON with some of the members, in any order, some of them twice, and others that nobody knows. */
    private static String object(ReportNode group, Random random) {
        List<String> members = new ArrayList<>();
        for (ReportNode child : group.children()) {
            for (int times = random.nextInt(8); times > 0; times = times > 6 ? 1 : 0) {
                members.add(member(child.name(), child.repeated() ? array(child, random) : single(child, random)));
            }
        }
        if (random.nextInt(4) == 0) {
            members.add(member("new_member", "[{\"a\":[1,\"]\"]},null]"));
            members.add(member("another", "true"));
        }
        Collections.shuffle(members, random);
        return "{" + String.join(random.nextBoolean() ? "," : " ,\n\t", members) + "}";
    }

    private static String member(String name, String value) {
        return "\"" + name + "\":" + value;
    }

    private static String array(ReportNode node, Random random) {
        if (random.nextInt(10) == 0) {
            return "null";
        }
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(node.isGroup() ? 4 : 90); i > 0; i--) {
            elements.add(random.nextInt(10) == 0 ? "null" : single(node, random));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private static String single(ReportNode node, Random random) {
        if (random.nextInt(10) == 0) {
            return "null";
        }
        return switch (node.type()) {
            case GROUP -> object(node, random);
            case STRING, ENUM -> text(random);
            case UINT64 -> number(random.nextBoolean() ? random.nextLong() : random.nextInt(1000), random);
            case INT -> number(random.nextBoolean() ? random.nextInt() : random.nextInt(1000), random);
            case DATE -> "\"" + LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000) + "\"";
        };
    }

    private static String number(long value, Random random) {
        return random.nextBoolean() ? "\"" + value + "\"" : Long.toString(value);
    }

    private static String text(Random random) {
        String[] pieces = {
            "a", "gene ", "0", "é", "β", "→", "😀", "\\\"", "\\\\", "\\n", "\\u00e9", "\\ud83d\\ude00", "\u007f"
        };
        StringBuilder text = new StringBuilder("\"");
        boolean plain = random.nextBoolean();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(pieces[random.nextInt(plain ? 3 : pieces.length)]);
        }
        return text.append('"').toString();
    }

    /** The bytes, in portions of any size. */
    private static InputStream trickle(String text, Random random) {
        boolean slow = random.nextInt(4) == 0;
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, slow ? Math.min(length, 1 + random.nextInt(20)) : length);
            }
        };
    }

    private static InternalRow expected(JsonNode json, Report report, StructType schema) {
        Object[] values = new Object[schema.length()];
        for (int i = 0; i < values.length; i++) {
            ReportNode node = report.column(schema.fields()[i].name()).orElseThrow();
            values[i] = value(json.path(node.name()), schema.fields()[i].dataType());
        }
        return new GenericInternalRow(values);
    }

    private static Object value(JsonNode json, DataType type) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        if (type instanceof StructType struct) {
            Object[] values = new Object[struct.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(json.path(struct.fields()[i].name()), struct.fields()[i].dataType());
            }
            return new GenericInternalRow(values);
        }
        if (type instanceof ArrayType array) {
            List<Object> elements = new ArrayList<>();
            json.forEach(element -> elements.add(value(element, array.elementType())));
            return new GenericArrayData(elements.toArray());
        }
        if (type.equals(DataTypes.LongType)) {
            return Long.valueOf(json.asText());
        }
        if (type.equals(DataTypes.IntegerType)) {
            return Integer.valueOf(json.asText());
        }
        return type.equals(DataTypes.DateType)
                ? (Object) (int) LocalDate.parse(json.asText()).toEpochDay()
                : UTF8String.fromString(json.asText());
    }

    @Test
    void ofNumbersThatAreSmallerThanAWord() throws IOException {
        ReportNode count = Report.GENE.column("transcript_count").orElseThrow();
        Utf8Json json = Utf8Json.parser(new ByteArrayInputStream("[1,null,-2]".getBytes(StandardCharsets.UTF_8)));
        json.nextToken();
        Object array =
                ColumnReader.list(new UnsafeListReader(ScalarReaders.of(count))).read(json, new ReportValues(0));
        StructType schema = new StructType().add("a", DataTypes.createArrayType(DataTypes.IntegerType));
        UnsafeProjection spark = UnsafeProjection.create(schema);
        UnsafeRow expected = spark.apply(
                        new GenericInternalRow(new Object[] {new GenericArrayData(new Object[] {1, null, -2})}))
                .copy();

        assertThat(spark.apply(new GenericInternalRow(new Object[] {array}))).isEqualTo(expected);
        assertThat(json.currentToken()).isEqualTo(JsonToken.END_ARRAY);
    }

    @Property(tries = 2000)
    void knowsUtf8(@ForAll @Size(max = 20) byte[] bytes) {
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(isUtf8(bytes));
    }

    @Test
    void knowsEveryCharacterAndNoSurrogate() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x11000 ? 1 : 997) {
            boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            byte[] bytes = surrogate
                    ? new byte[] {(byte) (0xE0 | (c >> 12)), (byte) (0x80 | (c >> 6 & 0x3F)), (byte) (0x80 | (c & 0x3F))
                    }
                    : Character.toString(c).getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.isValid(bytes, 0, bytes.length)).as("U+%04X", c).isEqualTo(!surrogate);
            assertThat(Utf8.isValid(bytes, 0, bytes.length - 1)).isEqualTo(bytes.length == 1);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é", "abcdefgh", "abcdefghé", "abcdefg\\n", "a\\u0000b", "abcdefghijklmnop\\\"q"})
    void aStringThatTheBufferCutsIsWhole(String text) throws IOException {
        ReportNode symbol = Report.GENE.column("symbol").orElseThrow();
        // The parser's buffer ends somewhere in the string.
        for (int before = (1 << 16) - 24; before <= 1 << 16; before++) {
            byte[] json = (" ".repeat(before) + "\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
            Utf8Json parser = Utf8Json.parser(new ByteArrayInputStream(json));
            parser.nextToken();

            assertThat(ColumnReader.scalar(symbol).read(parser, new ReportValues(0)))
                    .hasToString(MAPPER.readTree(json).asText());
            assertThat(parser.nextToken()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ufeff"})
    void aByteOrderMarkIsNoPartOfTheAnswer(String mark) throws IOException {
        byte[] json = (mark + "{}").getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8Json.parser(new ByteArrayInputStream(json)).nextToken()).isEqualTo(JsonToken.START_OBJECT);
    }
}
