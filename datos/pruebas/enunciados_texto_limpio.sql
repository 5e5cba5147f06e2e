-- Enunciados con espacios sobrantes o caracteres de control, que romperían la búsqueda.
select
    'enunciados' as tabla,
    fila,
    'texto' as columna,
    'tiene espacios sobrantes o caracteres de control.' as problema,
    'Deje el texto en una línea, sin espacios dobles ni al borde.' as remedio
from enunciados
where regexp_matches(texto, '^\s|\s$|\s\s|[[:cntrl:]]')
order by fila;
