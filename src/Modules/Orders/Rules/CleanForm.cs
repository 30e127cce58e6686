namespace HaoSuan.Orders;

/// <summary>What the rules read of a form: trimmed, in plain width, without the spaces that people put into numbers.</summary>
internal sealed record CleanForm(
    string Name, string IdNumber, string Phone, string Province, string City, string District, string Address, bool Declares, bool Consents,
    string? Number, string? Channel)
{
    public static CleanForm Of(OrderForm form) => new(
        Text(form.Name), TypedText.IdNumber(form.IdNumber), TypedText.Phone(form.Phone), TypedText.Compact(form.Province), Text(form.City),
        Text(form.District), Text(form.Address), form.Declaration == "true", form.Consent == "true", Null(TypedText.Compact(form.Number)),
        Null((form.Channel ?? "").Trim()));

    private static string Text(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Null(string text) => text.Length == 0 ? null : text;

    public override string ToString() => "Order form";
}
