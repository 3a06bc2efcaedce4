// java Attempt.java <file of attempts>: fails with pgJDBC, and prints what each attempt ends with. The file has one
// attempt a line, with its values separated by tabs.
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

public class Attempt {
  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] given = line.split("\t", -1);
      Properties words = new Properties();
      words.setProperty("user", given[3]);
      if (!given[4].isEmpty()) words.setProperty("password", given[4]);
      words.setProperty("sslmode", given[6]);
      if (!given[7].isEmpty()) words.setProperty("sslrootcert", given[7]);
      words.setProperty("loginTimeout", given[8]);
      words.setProperty("connectTimeout", given[8]);
      words.setProperty("socketTimeout", given[8]);
      try {
        DriverManager.getConnection("jdbc:postgresql://" + given[1] + ":" + given[2] + "/" + given[5], words).close();
      } catch (SQLException error) {
        List<String> texts = new ArrayList<>(List.of(error.getMessage()));
        StringWriter printed = new StringWriter();
        error.printStackTrace(new PrintWriter(printed));
        texts.add(printed.toString().replaceAll("(?m)^\\s+(at |\\.\\.\\. ).*\\R", ""));
        System.out.println("{\"id\":" + quoted(given[0]) + ",\"texts\":[" + quoted(texts.get(0)) + "," + quoted(texts.get(1)) + "]}");
      }
    }
  }

  private static String quoted(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (char c : text.toCharArray())
      result.append(c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    return result.append('"').toString();
  }
}
