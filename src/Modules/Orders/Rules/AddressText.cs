namespace HaoSuan.Orders;

/// <summary>An address as the vault keeps it: province, city, district and the rest, a line for each.</summary>
internal static class AddressText
{
    public static string Write(CleanForm form) => string.Join('\n', Provinces.NameOf(form.Province), form.City, form.District, form.Address);

    public static (string Province, string City, string District, string Street) Read(string text) =>
        text.Split('\n') is [var province, var city, var district, var street] ? (province, city, district, street) : ("", "", "", text);
}
