namespace HaoSuan.Catalog;

public partial class NewProductPage
{
    /// <summary>A product as it was typed.</summary>
    public sealed class Entry
    {
        public string? Code { get; init; }
        public string? Name { get; init; }
        public string? Upstream { get; init; }
        public string? Kind { get; init; }
        public string? Carrier { get; init; }
        public string? Summary { get; init; }
        public string? Price { get; init; } = "0.00";
        public string? PicksNumber { get; init; }

        /// <summary>What was meant; a number or an amount that cannot be read becomes one that is refused.</summary>
        public NewProduct Read(UpstreamId upstream) => new(
            Code?.Trim() ?? "", upstream, Enum.TryParse<Carrier>(Carrier, out var carrier) ? carrier : default, Name?.Trim() ?? "",
            Summary?.Trim() ?? "", YuanText.TryRead(Price, out var price) ? price : new(-1))
        {
            Kind = Enum.TryParse<ProductKind>(Kind, out var kind) ? kind : default,
            PicksNumber = PicksNumber == "true",
        };
    }
}
