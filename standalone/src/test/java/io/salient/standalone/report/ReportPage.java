package io.salient.standalone.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as a strict XML parser reads it. */
public final class ReportPage {
  private final Document document;

  private ReportPage(Document document) {
    this.document = document;
  }

  /** Fails where the page is not well-formed. */
  public static ReportPage read(Path page) throws IOException {
    String text = Files.readString(page).replaceFirst("^<!DOCTYPE html>\n", "");
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new ReportPage(
          factory.newDocumentBuilder().parse(new InputSource(new StringReader(text))));
    } catch (SAXException | ParserConfigurationException e) {
      throw new AssertionError("not well-formed: " + page, e);
    }
  }

  /** Elements of a name. */
  public List<Element> all(String tag) {
    return list(document.getElementsByTagName(tag));
  }

  /** Elements of a name within another. */
  public static List<Element> within(Element element, String tag) {
    return list(element.getElementsByTagName(tag));
  }

  /** The drawing with a title. */
  public Element drawing(String title) {
    return all("svg").stream()
        .filter(
            svg ->
                within(svg, "title").stream()
                    .limit(1)
                    .anyMatch(one -> one.getTextContent().equals(title)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no drawing " + title));
  }

  /** All text of the body. */
  public String text() {
    return all("body").getFirst().getTextContent();
  }

  private static List<Element> list(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      elements.add((Element) node);
    }
    return elements;
  }
}
