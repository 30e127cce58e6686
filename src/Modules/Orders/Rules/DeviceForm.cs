using System.Globalization;
using System.Security.Cryptography;

namespace HaoSuan.Orders;

/// <summary>What is asked besides of whoever buys cards for devices.</summary>
/// <param name="Quantity">-1 where it cannot be read.</param>
internal sealed record DeviceForm(int Quantity, string? Company, string? CreditCode, string Use, bool NoResale)
{
    public const int MostCards = 50;

    private const string CodeCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    public static DeviceForm Of(OrderForm form) => new(
        int.TryParse(TypedText.Compact(form.Quantity), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) ? quantity : -1,
        Null((form.Company ?? "").Trim()), Null(TypedText.Compact(form.CreditCode).ToUpperInvariant()), (form.Use ?? "").Trim(), form.NoResale == "true");

    public IEnumerable<Refusal> Faults(bool isPaid)
    {
        if (Quantity is < 1 or > MostCards) yield return new Refusal("orders.quantity", MostCards).On(nameof(OrderForm.Quantity));
        // A payment belongs to one order, from the ledger to the refund: what is paid when ordering is bought card by card.
        else if (isPaid && Quantity > 1) yield return new Refusal("orders.quantity_paid").On(nameof(OrderForm.Quantity));
        if (Company?.Length > 100) yield return new Refusal("orders.company_long", 100).On(nameof(OrderForm.Company));
        if (Company is not null && !IsCreditCode(CreditCode ?? "")) yield return new Refusal("orders.credit_code").On(nameof(OrderForm.CreditCode));
        if (Company is null && CreditCode is not null) yield return new Refusal("orders.company_missing").On(nameof(OrderForm.Company));
        if (Use.Length is < 10 or > 200) yield return new Refusal("orders.use", 10, 200).On(nameof(OrderForm.Use));
        if (!NoResale) yield return new Refusal("orders.no_resale").On(nameof(OrderForm.NoResale));
    }

    /// <summary>GB 32100: seventeen characters, and a check character modulo 31.</summary>
    public static bool IsCreditCode(string text) =>
        text.Length == 18 && text.All(c => CodeCharacters.Contains(c)) && text[17] == CheckOf(text);

    public static char CheckOf(string code) =>
        CodeCharacters[(31 - (Weights.Index().Sum(w => w.Item * CodeCharacters.IndexOf(code[w.Index])) % 31)) % 31];

    /// <summary>Its own name, which nobody guesses.</summary>
    public static string NewName() => $"{new Guid(RandomNumberGenerator.GetBytes(16))}";

    private static string? Null(string text) => text.Length == 0 ? null : text;
}
