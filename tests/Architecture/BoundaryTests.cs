using System.Text.RegularExpressions;
using Xunit;

namespace HaoSuan.Tests.Architecture;

/// <summary>A module shows others its door, its Public.cs and nothing more; what it owns, nobody else touches.</summary>
public sealed partial class BoundaryTests
{
    // Whoever speaks HTTP to the outside world; everybody else hands over an outbox row.
    private static readonly string[] SpeakHttp = ["Invoices", "Notifications", "OpenApi", "Payments", "Payouts", "Upstreams"];

    // Secrets of the wires; personal data is only ever encrypted by the vault in Platform.
    private static readonly string[] Encrypt = ["Payments", "Payouts", "Upstreams"];

    [Fact]
    public void Module_types_are_internal_unless_they_are_its_door() => Faults.None(Modules.SelectMany(Exposed));

    [Fact]
    public void Only_modules_that_face_the_outside_speak_http() =>
        Faults.None(Modules.Where(s => !SpeakHttp.Contains(s.Project)).SelectMany(s => s.Faults(s.Code, Http(), "speaks to the outside")));

    [Fact]
    public void Only_the_vault_and_the_wires_encrypt() =>
        Faults.None(Modules.Where(s => !Encrypt.Contains(s.Project)).SelectMany(s => s.Faults(s.Code, Cipher(), "belongs to the vault")));

    [Theory]
    [InlineData("src/Modules/Orders/Place/PlaceOrder.cs", "public class PlaceOrder;")]
    [InlineData("src/Modules/Orders/Place/PlaceOrder.cs", "public sealed class PlaceOrderEndpoint;")]
    [InlineData("src/Modules/Orders/Place/PlaceOrder.cs", "namespace HaoSuan.Orders;\n\npublic readonly record struct Placed(int Id);")]
    [InlineData("src/Modules/Ledger/Data/Rows.cs", "[Table]\npublic abstract partial class EntryRow;")]
    public void An_exposed_type_is_found(string path, string text) => Assert.NotEmpty(Exposed(new Source(path, text)));

    [Theory]
    [InlineData("src/Modules/Orders/Public.cs", "public sealed record OrderPlaced(int Id);")]
    [InlineData("src/Modules/Orders/Place/PlaceOrder.cs", "public sealed class PlaceOrder(Db db);")]
    [InlineData("src/Modules/Orders/OrdersModule.cs", "public static class OrdersModule;")]
    [InlineData("src/Modules/Payments/Channels/IChannel.cs", "public interface IChannel;")]
    [InlineData("src/Modules/Orders/Place/PlaceOrder.cs", "internal sealed class PlaceOrder\n{\n    public int Id;\n}")]
    public void A_door_and_an_internal_type_are_not_exposed(string path, string text) => Assert.Empty(Exposed(new Source(path, text)));

    private static IEnumerable<Source> Modules => Source.In("src/Modules").Where(s => s.IsCode);

    private static IEnumerable<string> Exposed(Source source) =>
        IsDoor().IsMatch(source.Path) ? [] : source.Faults(source.Code, PublicType(), "internal, or in Public.cs");

    [GeneratedRegex(@"/Public(\.\w+)?\.cs$|/\w+Module\.cs$|/(Channels|Wire)/|\.razor$|\.razor\.cs$")]
    private static partial Regex IsDoor();

    // Only types of the namespace stand at the beginning of a line: namespaces are file-scoped. A use case that other modules
    // may call is a public sealed class in its own file; rows, values, seams and endpoints are not.
    [GeneratedRegex(
        @"^public (?!sealed (?:partial )?class (?!\w*(?:Row|Mapping|Endpoint|Page|Job)\b))"
        + @"(?:[a-z]+ )*(?:class|record|struct|interface|enum|delegate)\b.*$", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(HttpClient|IHttpClientFactory|SmtpClient|TcpClient|Socket)\b")]
    private static partial Regex Http();

    [GeneratedRegex(@"\b(AesGcm|AesCcm|Aes|ChaCha20Poly1305)\b")]
    private static partial Regex Cipher();
}
