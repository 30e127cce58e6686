using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Appeals;

/// <summary>A message as a form hands it in.</summary>
internal static class FormMessage
{
    private const int LongestKey = 64;

    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static async Task<NewMessage> ReadAsync(string? text, IFormFileCollection? files, string? key, CancellationToken cancel)
    {
        List<byte[]> contents = [];
        // A field of files that was left alone comes as an empty one.
        foreach (var file in (files ?? new FormFileCollection()).Where(f => f.Length > 0))
        {
            using MemoryStream bytes = new();
            await file.CopyToAsync(bytes, cancel);
            contents.Add(bytes.ToArray());
        }
        return new(text ?? "", contents, key is { Length: > 0 and <= LongestKey } ? key : NewKey());
    }
}
