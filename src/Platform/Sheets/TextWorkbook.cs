using MiniExcelLibs;

namespace HaoSuan.Platform.Sheets;

/// <summary>Writes rows of text as a workbook, which spreadsheet programs open with long numbers intact.</summary>
public static class TextWorkbook
{
    /// <param name="headers">A name that stands there twice gets a number behind it.</param>
    /// <param name="rows">Each as long as the headers; at least one, since the writer takes the headers from the first.</param>
    public static byte[] Write(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var names = Unique(headers);
        using MemoryStream stream = new();
        stream.SaveAs(rows.Select(row => names.Zip(row).ToDictionary(c => c.First, c => (object)c.Second)).ToList());
        return stream.ToArray();
    }

    private static List<string> Unique(IReadOnlyList<string> headers)
    {
        List<string> names = [];
        foreach (var header in headers)
        {
            var (name, nth) = (header, 1);
            while (names.Contains(name)) name = $"{header} {++nth}";
            names.Add(name);
        }
        return names;
    }
}
