using System.Text;
using CsvHelper;

namespace HaoSuan.Platform.Sheets;

/// <summary>A csv file: which encodings it can be in, and its rows.</summary>
internal static class CsvTable
{
    public static readonly char[] Delimiters = [',', '\t', ';', '|'];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = FindGb18030();

    /// <summary>The encodings that the bytes allow, the likeliest first.</summary>
    public static IEnumerable<(Encoding Encoding, int Skip)> EncodingsOf(byte[] bytes) => bytes.AsSpan() switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => System.Text.Unicode.Utf8.IsValid(rest) ? [(Utf8, 3)] : throw new DecoderFallbackException(),
        [0xFF, 0xFE, ..] => [(new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), 2)],
        [0xFE, 0xFF, ..] => [(new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), 2)],
        var content => System.Text.Unicode.Utf8.IsValid(content) ? [(Utf8, 0), (Gb18030, 0)] : [(Gb18030, 0)],
    };

    public static IEnumerable<TableRow> Read(byte[] bytes, int skip, Encoding encoding, char delimiter)
    {
        var unclosed = false;
        CsvReaderOptions options = new()
        {
            HasHeader = false,
            SkipEmptyLines = false,
            Separator = delimiter,
            Encoding = encoding,
            PoolStrings = true,
            OnMalformedRecord = record => unclosed |= record.Reason == CsvMalformedReason.UnterminatedQuote,
        };
        using var csv = CsvReader.Create(new MemoryStream(bytes, skip, bytes.Length - skip, writable: false), options);
        var cells = new string?[16];
        while (csv.Read())
        {
            if (cells.Length < csv.FieldCount) cells = new string?[csv.FieldCount];
            for (var i = 0; i < csv.FieldCount; i++) cells[i] = csv.GetString(i);
            // Such a quote has swallowed all rows below.
            yield return new((int)csv.RowNumber, new(cells, 0, csv.FieldCount), unclosed ? new("sheets.unclosed_quote", -1) : null);
        }
    }

    private static Encoding FindGb18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }
}
