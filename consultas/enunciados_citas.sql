-- ¿Dónde consta un enunciado? Una fila por pasaje.
-- Si el documento está cargado, trae su texto para buscar en él el pasaje.
select
    d.titulo as documento,
    d.clase,
    d.texto as texto_documento,
    td.numero as tema_numero,
    c.seccion,
    c.parrafo,
    c.primer_caracter,
    c.ultimo_caracter,
    c.sha256,
    d.texto is not null as esta_cargado
from citas as c
inner join documentos as d on c.documento_id = d.documento_id
inner join enunciados as e on c.enunciado_id = e.enunciado_id
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
where c.enunciado_id = :enunciado
order by c.parrafo, c.primer_caracter, c.cita_id
