using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using HaoSuan.Identity;

namespace HaoSuan.Web;

/// <summary>haosuan tenant SLUG NAME: a new operator with its first user. A fresh installation begins with it.</summary>
internal static partial class TenantCommand
{
    private static readonly Argument<string> Slug = new("SLUG") { Description = "Its short name in addresses: lower-case letters and digits" };
    private static readonly Argument<string> Title = new("NAME") { Description = "Its name" };
    private static readonly Option<string> Admin = new("--admin") { Description = "Sign-in name of the first user", DefaultValueFactory = _ => "admin" };

    public static Command Create()
    {
        var command = new Command("tenant", "Add an operator and print the password of its first user") { Slug, Title, Admin, DatabaseOption.Of };
        command.SetAction(parsed => DatabaseOption.With(parsed, Add));
        return command;
    }

    private static async Task Add(ParseResult parsed, Settings settings)
    {
        var (slug, name) = (parsed.GetRequiredValue(Slug), parsed.GetRequiredValue(Admin));
        if (!PlainSlug().IsMatch(slug)) throw new SettingsException($"\"{slug}\" may have lower-case letters and digits only, 20 at most.");
        await using var services = DatabaseOption.Services(settings);
        services.GetRequiredService<Migrator>().Migrate();
        var tenants = services.GetRequiredService<Tenants>();
        if (await tenants.FindAsync(slug) is not null) throw new SettingsException($"There is a tenant \"{slug}\" already.");
        var tenant = await tenants.AddAsync(slug, parsed.GetRequiredValue(Title));
        var password = RandomNumberGenerator.GetString("23456789abcdefghjkmnpqrstuvwxyz", 16);
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant);
        var created = await scope.ServiceProvider.GetRequiredService<Users>().CreateAsync(name, password, Role.Admin);
        if (created.IsRefused) throw new SettingsException(services.GetRequiredService<Texts>().Of(created.Refusals[0], new("en")));
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"Sign in as {name}@{slug} with {password} and change it at /password.");
    }

    [GeneratedRegex("^[a-z][a-z0-9]{1,19}$")]
    private static partial Regex PlainSlug();
}
