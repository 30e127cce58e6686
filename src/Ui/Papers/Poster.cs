using System.Collections;
using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Ui;

/// <summary>A picture that is passed on (推广海报): what is offered, why, by whom, and a code to scan. No personal data stands on it.</summary>
/// <param name="Operator">Who supplies it.</param>
/// <param name="Title">What is offered.</param>
/// <param name="Summary">In one sentence; perhaps nothing.</param>
/// <param name="Price">In words: 免费领, or an amount.</param>
/// <param name="Note">What the price leaves out; perhaps nothing.</param>
/// <param name="Points">Why: four short ones have room.</param>
/// <param name="Seller">Who passes it on.</param>
/// <param name="SellerCode">His number.</param>
/// <param name="Address">Where the code leads to.</param>
/// <param name="Code">The address as a QR code, row by row, with its quiet zone.</param>
public sealed record Poster(
    string Operator, string Title, string Summary, string Price, string Note, IReadOnlyList<string> Points, string Seller, string SellerCode,
    string Address, IReadOnlyList<BitArray> Code)
{
    /// <summary>The same for the same content, as long as the same build draws it: its entity tag.</summary>
    public string Tag
    {
        get
        {
            var build = typeof(PosterPng).Module.ModuleVersionId;
            string[] content = [$"{build}", Operator, Title, Summary, Price, Note, .. Points, Seller, SellerCode, Address];
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', content)));
            return $"\"{Convert.ToHexStringLower(hash)[..32]}\"";
        }
    }
}
