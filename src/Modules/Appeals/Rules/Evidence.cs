namespace HaoSuan.Appeals;

/// <summary>What may be handed in with a message. A file is what its bytes say, whatever it is called.</summary>
internal static class Evidence
{
    public const int MostFiles = 6;
    public const int MostMegabytes = 8;

    /// <summary>Enough for a form with as many files as it may carry, each as large as it may be.</summary>
    public const int MostBytesOfForm = (MostFiles * MostMegabytes << 20) + (1 << 20);

    /// <summary>What a form offers to choose from.</summary>
    public const string Accept = "image/jpeg,image/png,image/webp,application/pdf";

    public static IEnumerable<Refusal> Faults(IReadOnlyList<byte[]> files)
    {
        if (files.Count > MostFiles) yield return new Refusal("appeals.too_many_files", MostFiles).On("files");
        foreach (var (index, file) in files.Index())
        {
            if (file.Length > MostMegabytes << 20) yield return new Refusal("appeals.file_too_large", index + 1, MostMegabytes).On("files");
            else if (MediaTypeOf(file) is null) yield return new Refusal("appeals.file_type", index + 1).On("files");
        }
    }

    /// <summary>Null for what is neither a picture nor a PDF file.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (file.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8)) return "image/webp";
        return file.StartsWith("%PDF-"u8) ? "application/pdf" : null;
    }

    public static string ExtensionOf(string mediaType) => mediaType switch
    {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "application/pdf" => "pdf",
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, null),
    };
}
