using HaoSuan.Platform.Sheets;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Inventory;

/// <summary>What a form of the stock brings: an uploaded sheet, which counts where both are given, or typed lines.</summary>
internal static class CardInput
{
    private const int LargestFile = 20_000_000;

    /// <summary>The ICCIDs. Something typed that is empty, without a file, is refused; so is a card that comes twice.</summary>
    public static Task<Result<IReadOnlyList<CardLine>>> ReadAsync(string? typed, IFormFile? file, CancellationToken cancel) =>
        ReadAsync(typed, file, twiceIsOne: false, cancel);

    /// <summary>The ICCIDs of cards that were seen: one that was scanned twice is one.</summary>
    public static Task<Result<IReadOnlyList<CardLine>>> ReadSeenAsync(string? typed, IFormFile? file, CancellationToken cancel) =>
        ReadAsync(typed, file, twiceIsOne: true, cancel);

    private static async Task<Result<IReadOnlyList<CardLine>>> ReadAsync(string? typed, IFormFile? file, bool twiceIsOne, CancellationToken cancel) =>
        file is not { Length: > 0 } ? CardLines.Of(typed ?? "", twiceIsOne)
        : (await LinesAsync(file, cancel)).TryGet(out var lines, out var refusals) ? CardLines.Of(lines, twiceIsOne)
        : refusals.ToList();

    public static async Task<Result<IReadOnlyList<SheetLine>>> LinesAsync(IFormFile file, CancellationToken cancel)
    {
        if (file.Length > LargestFile) return new Refusal("inventory.file_too_large").On("file");
        using MemoryStream bytes = new();
        await file.CopyToAsync(bytes, cancel);
        return SheetLines.Read(bytes.ToArray()).TryGet(out var lines, out var refusals)
            ? lines.ToList()
            : refusals.Select(r => r.On("file")).ToList();
    }

    /// <summary>The words: those of the file stand with the reader of sheets.</summary>
    public static FormErrors Errors(IReadOnlyList<Refusal> refusals, Texts texts) =>
        FormErrors.Of(refusals, r => r.Code.StartsWith("sheets.", StringComparison.Ordinal) ? SheetTexts.Of(r) : texts.Of(r));
}
