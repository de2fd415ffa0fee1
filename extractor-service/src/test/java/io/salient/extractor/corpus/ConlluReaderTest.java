package io.salient.extractor.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.SharedInput;
import io.salient.schemas.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConlluReaderTest {
  private static final String SPANISH =
      """
      # sent_id = 1
      # text = vámonos al mar
      1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
      1\tvamos\tir\tVERB\tV\tMood=Imp|Number=Plur\t0\troot\t_\t_
      2\tnos\tnosotros\tPRON\t_\tNumber[psor]=Plur\t1\tobj:x\t_\t_
      2.1\tfue\tir\tVERB\tV\t_\t_\t_\t_\t_
      3-4\tal\t_\t_\t_\t_\t_\t_\t_\t_
      3\ta\ta\tADP\tP\t_\t5\tcase\t_\t_
      4\tel\tel\tDET\tD\tNumber=Sing\t5\tdet\t_\tGloss=the|SpaceAfter=No
      5\tmar\tmar\tNOUN\tN\tNumber=Sing\t1\tobl\t_\t_

      # sent_id = 2
      1\t_\t_\tPUNCT\tF\t_\t0\troot\t_\t_
      """;

  @TempDir Path folder;

  @Test
  void shouldTakeSyntacticWordsAndLeaveOutRangesAndEmptyNodes() {
    // given, when
    AnnotatedCorpus corpus = read(SPANISH, "upos");
    // then
    assertThat(corpus.words()).containsExactly("vamos", "nos", "a", "el", "mar", "_");
    assertThat(corpus.sentenceStarts()).containsExactly(0, 5);
    assertThat(corpus.sentence(0)).hasSize(5);
    assertThat(corpus.sentence(1)).containsExactly("_");
    assertThat(corpus.sentenceOf(4)).isZero();
    assertThat(corpus.sentenceOf(5)).isEqualTo(1);
  }

  @Test
  void shouldSortLabelsAndGiveNoneWhereThereIsNone() {
    // given, when
    AnnotatedCorpus corpus =
        read(SPANISH, "upos", "xpos", "deprel", "feats:Number", "feats:Number[psor]", "misc:Gloss");
    // then
    assertThat(labels(corpus, 0)).containsExactly("VERB", "PRON", "ADP", "DET", "NOUN", "PUNCT");
    assertThat(corpus.concepts().get(0).labels()).isSorted();
    assertThat(labels(corpus, 1)).containsExactly("V", null, "P", "D", "N", "F");
    assertThat(labels(corpus, 2)).containsExactly("root", "obj:x", "case", "det", "obl", "root");
    assertThat(labels(corpus, 3)).containsExactly("Plur", null, null, "Sing", "Sing", null);
    assertThat(labels(corpus, 4)).containsExactly(null, "Plur", null, null, null, null);
    assertThat(labels(corpus, 5)).containsExactly(null, null, null, "the", null, null);
    assertThat(corpus.concepts()).allMatch(concept -> Names.allowed(concept.name()));
    assertThat(corpus.concepts().get(4).name()).isEqualTo("feats:Number.psor");
  }

  @Test
  void shouldLabelByExpressionOnTheWholeWordAndByPosition() {
    // given, when
    AnnotatedCorpus corpus = read(SPANISH, "regex:short=\\p{L}{1,2}", "position");
    // then
    assertThat(corpus.concepts().getFirst().name()).isEqualTo("short");
    assertThat(labels(corpus, 0)).containsExactly("no", "no", "yes", "yes", "no", "no");
    assertThat(labels(corpus, 1))
        .containsExactly("first", "middle", "middle", "middle", "last", "first");
  }

  @Test
  void shouldReadTheSameFromWindowsFilesAndWithoutAFinalBlankLine() {
    // given
    AnnotatedCorpus plain = read(SPANISH, "upos");
    // when
    AnnotatedCorpus windows = read("\uFEFF" + SPANISH.replace("\n", "\r\n"), "upos");
    AnnotatedCorpus unfinished = read(SPANISH.stripTrailing(), "upos");
    // then
    assertThat(windows.hash()).isEqualTo(plain.hash());
    assertThat(unfinished.hash()).isEqualTo(plain.hash());
  }

  @Test
  void shouldKeepComposedAndDecomposedLettersApart() {
    // given: I13, NFC and NFD of the same letter, right-to-left text, an emoji
    String text = row(1, "\u00e9") + row(2, "e\u0301") + row(3, "שלום") + row(4, "😀");
    // when
    AnnotatedCorpus corpus = read(text, "upos");
    // then
    assertThat(corpus.words()).containsExactly("\u00e9", "e\u0301", "שלום", "😀");
  }

  @Test
  void shouldNameFileAndLineOfWrongColumns() {
    refused("1\tThe\tDET\n", "corpus.columns", "c.conllu:1: 3 columns, CoNLL-U has 10");
    refused(row(1, "a") + "\t\t\n", "corpus.columns", "c.conllu:2: 3 columns");
    refused(
        row(1, "a") + row(2, "b").replace("\t", " "), "corpus.columns", "c.conllu:2: 1 columns");
  }

  @Test
  void shouldRefuseASentenceThatIsNotEndedOrMissesAWord() {
    refused(row(1, "a") + row(2, "b") + row(1, "c"), "corpus.id", "c.conllu:3", "word 3", "blank");
    refused(row(1, "a") + row(3, "b"), "corpus.id", "c.conllu:2: the first column is \"3\"");
    refused(row(1, "a").replaceFirst("1", "x-y"), "corpus.id", "\"x-y\"");
  }

  @Test
  void shouldRefuseWordsThatAreNone() {
    // I13: only spaces, NUL
    refused(row(1, " "), "corpus.empty-word", "c.conllu:1: the word is empty");
    refused(row(1, ""), "corpus.empty-word", "c.conllu:1");
    refused(row(1, "a\0b"), "corpus.control-character", "c.conllu:1");
    refused("# only a comment\n\n", "corpus.empty", "c.conllu holds no words");
    refused("", "corpus.empty", "c.conllu holds no words");
  }

  @Test
  void shouldSayWhichConceptsThereAre() {
    refused(SPANISH, List.of("ner"), "corpus.unknown-concept", "\"ner\"", "upos, xpos, deprel");
    refused(
        SPANISH,
        List.of("feats:Case"),
        "corpus.no-labels",
        "feats:Case",
        "feats:Mood, feats:Number, feats:Number[psor], misc:Gloss");
    refused(SPANISH, List.of("upos", "upos"), "corpus.concept-twice", "\"upos\"");
    refused(SPANISH, List.of("regex:a=["), "corpus.regex", "Unclosed");
    refused(SPANISH, List.of("regex:<b>=x"), "corpus.concept-name", "<b>");
  }

  @Test
  void shouldRefuseLabelsThatAreNone() {
    // I15: empty label, identifiers instead of classes
    String empty = "1\ta\t_\tX\t_\tNumber=\t0\troot\t_\t_\n";
    refused(empty, List.of("feats:Number"), "corpus.empty-label", "c.conllu:1", "feats:Number");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= LabelCodes.MAX_LABELS; i++) {
      many.append("1\ta\t_\tX\t_\t_\t0\troot\t_\tId=" + i + "\n\n");
    }
    refused(many.toString(), List.of("misc:Id"), "corpus.too-many-labels", "misc:Id", "10000");
    refused(row(1, "a").replace("root", "r".repeat(201)), List.of("deprel"), "corpus.label", ":1:");
  }

  @Test
  void shouldAcceptAConceptOfOneLabel() {
    // I15: whether it can be fitted is for the probe to say
    assertThat(read(SPANISH, "misc:Gloss").concepts().getFirst().labels()).containsExactly("the");
  }

  @Test
  void shouldRefuseWhatIsNotUtf8() throws IOException {
    // given
    Path file = folder.resolve("c.conllu");
    Files.write(file, (row(1, "a") + row(2, "\u00e9")).getBytes(StandardCharsets.ISO_8859_1));
    // when, then
    assertThatThrownBy(() -> CorpusReader.read(file, Map.of(), List.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "c.conllu:2: not UTF-8, from byte 3 of the line on: convert the file, as by iconv -f"
                + " LATIN1 -t UTF-8");
  }

  @Test
  void shouldReadUniversalDependencies() {
    // given
    Path file = SharedInput.path("data/ud-english-ewt/en_ewt-ud-dev.conllu");
    // when
    AnnotatedCorpus corpus =
        CorpusReader.read(file, Map.of(), List.of("upos", "xpos", "deprel", "feats:Number"));
    // then: counts as by counting the lines that begin with a plain number
    assertThat(corpus.sentences()).isEqualTo(2001);
    assertThat(corpus.words()).hasSize(25147);
    assertThat(corpus.concepts().stream().map(c -> c.labels().size()))
        .containsExactly(17, 49, 49, 3);
    assertThat(corpus.sentence(0))
        .containsExactly("From", "the", "AP", "comes", "this", "story", ":");
    assertThat(labels(corpus, 0).subList(0, 3)).containsExactly("ADP", "DET", "PROPN");
  }

  private AnnotatedCorpus read(String text, String... concepts) {
    try {
      Path file = Files.writeString(folder.resolve("c.conllu"), text);
      return CorpusReader.read(file, Map.of(), List.of(concepts));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void refused(String text, String code, String... parts) {
    refused(text, List.of("upos"), code, parts);
  }

  private void refused(String text, List<String> concepts, String code, String... parts) {
    assertThatThrownBy(() -> read(text, concepts.toArray(String[]::new)))
        .isInstanceOfSatisfying(CorpusException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(parts);
  }

  private static String row(int id, String word) {
    return id + "\t" + word + "\t_\tX\t_\t_\t0\troot\t_\t_\n";
  }

  private static List<String> labels(AnnotatedCorpus corpus, int concept) {
    AnnotatedCorpus.Concept labelled = corpus.concepts().get(concept);
    return Arrays.stream(labelled.codes())
        .mapToObj(code -> code < 0 ? null : labelled.labels().get(code))
        .toList();
  }
}
