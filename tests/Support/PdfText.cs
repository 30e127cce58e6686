using System.Diagnostics;

namespace HaoSuan.Tests.Support;

/// <summary>The text of a PDF as whoever selects and copies it gets it: by pdftotext of poppler.</summary>
public static class PdfText
{
    /// <summary>Page by page, each as it is laid out.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(byte[] pdf)
    {
        using var reader = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", "-", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var text = reader.StandardOutput.ReadToEndAsync();
        await reader.StandardInput.BaseStream.WriteAsync(pdf);
        reader.StandardInput.Close();
        await reader.WaitForExitAsync();
        return (await text).TrimEnd('\f', '\n').Split('\f');
    }
}
