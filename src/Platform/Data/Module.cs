using System.Reflection;
using System.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Platform;

/// <summary>
/// What a module brings besides its services: its tables (entity configurations and numbered SQL under <c>Data</c>) and its
/// texts (<c>Texts.resx</c>, <c>Texts.en.resx</c>). Modules are migrated in the order in which they were added.
/// </summary>
public sealed record Module(string Name, Assembly Assembly)
{
    /// <summary>Its tables whose rows are kept in memory (<see cref="Platform.Kept"/>): every change of them renews the tenant's stamp.</summary>
    internal IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>The module's texts, or null where it has none. A refusal's code begins with the module's name.</summary>
    internal ResourceManager? Texts { get; } =
        Assembly.GetManifestResourceNames().Contains($"{Assembly.GetName().Name}.Texts.resources", StringComparer.Ordinal)
            ? new($"{Assembly.GetName().Name}.Texts", Assembly)
            : null;
}

public static class ModuleRegistration
{
    /// <summary>Adds the module that <typeparamref name="TModule"/> is the door of, under the name that its refusal codes begin with.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="name">The module's name.</param>
    /// <param name="kept">Its tables whose rows are kept in memory.</param>
    public static IServiceCollection AddModule<TModule>(this IServiceCollection services, string name, params IReadOnlyList<string> kept) =>
        services.AddSingleton(new Module(name, typeof(TModule).Assembly) { Kept = kept });
}
