namespace HaoSuan.Orders;

/// <summary>What the rules read of a form: trimmed, in plain width, without the spaces that people put into numbers.</summary>
internal sealed record CleanForm(
    string Name, string IdNumber, string Phone, string Province, string City, string District, string Address, bool Declares, bool Consents,
    string? Number, string? Channel)
{
    public static CleanForm Of(OrderForm form) => new(
        Text(form.Name), Compact(form.IdNumber).ToUpperInvariant(), PhoneOf(form.Phone), Compact(form.Province), Text(form.City),
        Text(form.District), Text(form.Address), form.Declaration == "true", form.Consent == "true", Null(Compact(form.Number)),
        Null(Compact(form.Channel)));

    /// <summary>A phone number without what people write around it.</summary>
    public static string PhoneOf(string? text) => Compact(text) is var phone && phone.StartsWith("+86", StringComparison.Ordinal) ? phone[3..] : phone;

    public static string Compact(string? text) =>
        string.Concat((text ?? "").Select(Narrow).Where(c => !char.IsWhiteSpace(c) && c != '-'));

    // Chinese keyboards write ASCII in full width too: １ is 1. Without ICU the framework does not fold them.
    public static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    private static string Text(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Null(string text) => text.Length == 0 ? null : text;

    public override string ToString() => "Order form";
}
